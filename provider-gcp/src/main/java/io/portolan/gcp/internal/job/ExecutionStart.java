package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Job;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.client.Pace;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.JobMapper;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.id.ProviderId;
import io.portolan.run.Failure;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedStatus;
import io.portolan.spi.ProviderConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Starts executions, each once. What is to be done next is read from the platform every time round, so that it does not matter who did
 * the step before: this call, one whose answer was lost, or another JVM (docs/adr/0016).
 *
 * <ol>
 *   <li>The execution is there under its name: done.
 *   <li>There is no job: make it, with the token of the execution. Somebody was faster: go round again.
 *   <li>The job has our token: wait until it was honoured.
 *   <li>The job is idle: replace it under its etag, with our token. It has changed: go round again.
 *   <li>The job starts another execution: wait.
 * </ol>
 */
final class ExecutionStart {
    /** A job whose execution is not there although it was started is read again for a while before anything is believed. */
    private static final Duration BELIEF = Duration.ofSeconds(10);

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final RunJobs jobs;
    private final ProviderConfig config;
    private final Clock clock;
    private final Pace.Pause pause;

    ExecutionStart(RunJobs jobs, ProviderConfig config, Clock clock, Pace.Pause pause) {
        this.jobs = jobs;
        this.config = config;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Starts it or finds it.
     *
     * @param wanted its record
     * @param spec the job
     * @param found makes the status of the execution that is there
     * @return its status
     */
    ManagedStatus start(
            ExecutionRecord wanted, JobSpec spec, BiFunction<ExecutionName, Execution, ManagedStatus> found) {
        GcpSettings settings = GcpSettings.of(config, spec);
        Job job = JobMapper.map(spec, settings);
        Round round = new Round(wanted, ExecutionName.of(settings, spec.name(), wanted.id()), job);
        Map<String, String> annotations = ExecutionAnnotations.encode(wanted);
        Job starting = JobMapper.starting(job, round.name.token(), annotations);
        while (true) {
            Optional<Execution> there = jobs.execution(round.name.full());
            if (there.isPresent()) {
                requireSame(
                        ExecutionAnnotations.decode(there.get(), config.application())
                                .orElse(null),
                        wanted);
                return found.apply(round.name, there.get());
            }
            Optional<ManagedStatus> decided = round.step(settings.location(), starting);
            if (decided.isPresent()) {
                return decided.get();
            }
            round.pace.next();
        }
    }

    private static void requireSame(@Nullable ExecutionRecord known, ExecutionRecord wanted) {
        if (known != null && known.specHash().equals(wanted.specHash())) {
            return;
        }
        throw PortolanException.builder(
                        ErrorCode.CONFLICT,
                        "execution '" + wanted.id() + "' was started with another spec of job '" + wanted.job()
                                + "'; choose another id, or run the same spec to attach")
                .provider(ProviderId.GCP.value())
                .resource(wanted.id().value())
                .build();
    }

    /** One start, from step to step. Not thread-safe. */
    private final class Round {
        private final ExecutionRecord wanted;
        private final ExecutionName name;
        private final Job plain;
        private final Pace pace = Pace.ofJobs(clock, pause, LIMIT);
        private @Nullable Instant missingSince;

        Round(ExecutionRecord wanted, ExecutionName name, Job plain) {
            this.wanted = wanted;
            this.name = name;
            this.plain = plain;
        }

        /** The status if there is nothing more to do. */
        Optional<ManagedStatus> step(String location, Job starting) {
            Optional<Job> there = jobs.job(name.job());
            if (there.isEmpty()) {
                return change(() -> jobs.create(location, name.shortJob(), starting));
            }
            Job job = there.get();
            requireOurs(job);
            if (job.getStartExecutionToken().equals(name.token())) {
                requireSame(
                        ExecutionAnnotations.decode(job, config.application()).orElse(null), wanted);
                return ofOurs(job);
            }
            if (JobState.isIdle(job)) {
                return change(() -> jobs.update(under(job, starting)));
            }
            if (pace.isOver()) {
                throw PortolanException.builder(
                                ErrorCode.UNAVAILABLE,
                                "job '" + name.shortJob() + "' was busy with another start for " + LIMIT.toMinutes()
                                        + " minutes; look at its state in Cloud Run")
                        .provider(ProviderId.GCP.value())
                        .resource(wanted.id().value())
                        .build();
            }
            return Optional.empty();
        }

        private Optional<ManagedStatus> ofOurs(Job job) {
            Optional<Failure> failure = JobState.failure(job);
            if (failure.isPresent()) {
                return Optional.of(failed(failure.get()));
            }
            if (JobState.isDecided(job)) {
                return ofMissing(job);
            }
            return pace.isOver() ? Optional.of(ExecutionMapper.queued(wanted, name.full())) : Optional.empty();
        }

        /** It was started and is not there: the answer is old, or it was deleted and its id is free again. */
        private Optional<ManagedStatus> ofMissing(Job job) {
            Instant now = clock.instant();
            if (missingSince == null) {
                missingSince = now;
            }
            boolean isDeleted = job.getLatestCreatedExecution().hasDeleteTime();
            if (!isDeleted && now.isBefore(missingSince.plus(BELIEF))) {
                return Optional.empty();
            }
            missingSince = null;
            // The same token again would change nothing: take it away, and come back.
            return change(() -> jobs.update(under(job, plain)));
        }

        private Optional<ManagedStatus> change(Runnable change) {
            pace.restart();
            try {
                change.run();
                return Optional.empty();
            } catch (PortolanException e) {
                switch (e.code()) {
                    // Somebody was faster.
                    case ALREADY_EXISTS, CONFLICT, NOT_FOUND -> {
                        if (pace.isOver()) {
                            throw e;
                        }
                        return Optional.empty();
                    }
                    default -> {
                        return Optional.of(failed(FailureMapper.ofRefusal(e).orElseThrow(() -> e)));
                    }
                }
            }
        }

        private ManagedStatus failed(Failure failure) {
            return ExecutionMapper.ended(wanted, name.full(), new ExecutionEnd(Phase.FAILED, failure, clock.instant()));
        }

        private Job under(Job there, Job wish) {
            return wish.toBuilder().setName(name.job()).setEtag(there.getEtag()).build();
        }

        private void requireOurs(Job job) {
            if (!Labels.areOwn(job.getLabelsMap(), Labels.JOB, config.application())) {
                throw PortolanException.builder(
                                ErrorCode.ALREADY_EXISTS,
                                "Cloud Run has a job '" + name.shortJob()
                                        + "' that is not one of application '" + config.application()
                                        + "'; rename the job of the spec, or delete the other")
                        .provider(ProviderId.GCP.value())
                        .resource(name.job())
                        .build();
            }
        }
    }
}

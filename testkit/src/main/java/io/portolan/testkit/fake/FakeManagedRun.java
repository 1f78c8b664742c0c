package io.portolan.testkit.fake;

import io.portolan.id.AttemptKey;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.FailureCause;
import io.portolan.run.Phase;
import io.portolan.run.StopReason;
import io.portolan.run.TaskStatus;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One execution that the platform drives itself: parallelism, retries, timeouts. Guarded by the lock of the platform. */
final class FakeManagedRun {
    private final FakePlatform platform;
    private final FakeExecution execution;
    private final JobSpec spec;
    private final FakeTasks tasks;
    private final Set<AttemptKey> timed = new HashSet<>();
    private boolean driving;
    private boolean again;

    FakeManagedRun(FakePlatform platform, FakeExecution execution, JobSpec spec, FakeTasks tasks) {
        this.platform = platform;
        this.execution = execution;
        this.spec = spec;
        this.tasks = tasks;
    }

    ExecutionRecord record() {
        return execution.record();
    }

    FakeExecution execution() {
        return execution;
    }

    /** Starts what may start now. Attempts that end at once call this again from within. */
    void drive() {
        again = true;
        if (driving) {
            return;
        }
        driving = true;
        while (again) {
            again = false;
            for (int index = 0; index < spec.tasks() && !record().cancelled(); index++) {
                driveTask(index);
            }
        }
        driving = false;
    }

    private void driveTask(int index) {
        long active =
                execution.attempts().stream().filter(FakeAttempt::isActive).count();
        Optional<FakeAttempt> last = last(index);
        boolean free = last.isEmpty() || (!last.get().isActive() && canRetry(last.get()));
        if (free && active < spec.parallelism()) {
            int number = last.map(a -> a.key().attempt() + 1).orElse(0);
            AttemptKey key = new AttemptKey(record().id(), record().specHash(), index, number);
            AttemptLaunch launch = new AttemptLaunch(key, spec);
            FakeAttempt attempt = tasks.create(execution, launch, () -> changed(key));
            attempt.launched();
            tasks.start(attempt, launch);
        }
    }

    private Optional<FakeAttempt> last(int index) {
        return execution.attempts().stream()
                .filter(a -> a.key().index() == index)
                .max(Comparator.comparingInt(a -> a.key().attempt()));
    }

    private boolean canRetry(FakeAttempt attempt) {
        AttemptStatus status = attempt.status();
        return !status.isSuccess()
                && attempt.key().attempt() < spec.maxRetries()
                && status.failure().filter(f -> f.isRetryable()).isPresent();
    }

    private void changed(AttemptKey key) {
        FakeAttempt attempt = execution.attempt(key).orElseThrow();
        AttemptState state = attempt.container().state();
        if (state == AttemptState.RUNNING && spec.timeout().isPresent() && timed.add(key)) {
            platform.after(spec.timeout().get(), () -> attempt.stop(StopReason.TIMEOUT, grace()));
        }
        if (state == AttemptState.ENDED) {
            drive();
        }
    }

    private Duration grace() {
        return spec.container().stopGracePeriod();
    }

    void cancel() {
        if (phase().isTerminal()) {
            return;
        }
        execution.markCancelled();
        List.copyOf(execution.attempts()).forEach(a -> a.stop(StopReason.CANCELLED, grace()));
    }

    ManagedStatus status() {
        return new ManagedStatus(record().id(), "fake-execution-" + record().id(), phase(), tasks());
    }

    private List<TaskStatus> tasks() {
        List<TaskStatus> all = new ArrayList<>();
        for (int i = 0; i < spec.tasks(); i++) {
            int index = i;
            List<AttemptStatus> attempts = execution.attempts().stream()
                    .filter(a -> a.key().index() == index)
                    .sorted(Comparator.comparingInt(a -> a.key().attempt()))
                    .map(FakeAttempt::status)
                    .toList();
            all.add(new TaskStatus(index, phaseOf(index), attempts));
        }
        return all;
    }

    private Phase phaseOf(int index) {
        Optional<FakeAttempt> last = last(index);
        if (last.isEmpty()) {
            return record().cancelled() ? Phase.CANCELLED : Phase.QUEUED;
        }
        AttemptStatus status = last.get().status();
        return switch (status.state()) {
            case PENDING, STARTING -> Phase.STARTING;
            case STOPPING -> Phase.STOPPING;
            case ENDED -> ended(last.get(), status);
            default -> Phase.RUNNING;
        };
    }

    private Phase ended(FakeAttempt attempt, AttemptStatus status) {
        if (status.isSuccess()) {
            return Phase.SUCCEEDED;
        }
        if (record().cancelled()) {
            return Phase.CANCELLED;
        }
        if (canRetry(attempt)) {
            return Phase.QUEUED;
        }
        return status.failure().filter(f -> f.cause() == FailureCause.TIMEOUT).isPresent()
                ? Phase.TIMED_OUT
                : Phase.FAILED;
    }

    private Phase phase() {
        List<Phase> phases = tasks().stream().map(TaskStatus::phase).toList();
        List<Phase> bad = phases.stream().filter(p -> p != Phase.SUCCEEDED).toList();
        if (bad.isEmpty()) {
            return Phase.SUCCEEDED;
        }
        if (phases.stream().allMatch(Phase::isTerminal)) {
            return bad.contains(Phase.CANCELLED)
                    ? Phase.CANCELLED
                    : bad.stream().allMatch(p -> p == Phase.TIMED_OUT) ? Phase.TIMED_OUT : Phase.FAILED;
        }
        if (record().cancelled()) {
            return Phase.STOPPING;
        }
        return phases.stream().allMatch(p -> p == Phase.QUEUED) ? Phase.QUEUED : Phase.RUNNING;
    }
}

package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.run.template.TemplateVolumes;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings jobs to what their users want, and starts the executions that tokens ask for. Used with the lock held. */
final class JobReconciler {
    private final GcpContext context;
    private final Executions executions;

    JobReconciler(GcpContext context, Executions executions) {
        this.context = context;
        this.executions = executions;
    }

    /** Takes the usual time, or none at all where a test set it to zero. */
    void later(Runnable step) {
        Duration wait = context.gcp().phase().plus(context.gcp().faults().slowOperations());
        if (wait.isZero()) {
            step.run();
        } else {
            context.later(wait, step);
        }
    }

    /**
     * Begins.
     *
     * @param job whose specification is new
     * @param tokenBefore of the specification before
     * @param done hears when it is ready, or why it is not
     */
    void reconcile(Job job, String tokenBefore, Consumer<@Nullable String> done) {
        long generation = job.generation;
        job.ready.to(Condition.RECONCILING, "", now());
        later(() -> {
            if (job.generation != generation || job.deleteTime != null) {
                // A later update took its place, and with it the token of this one.
                done.accept(null);
                return;
            }
            String secret = TemplateVolumes.missingSecret(job.template().path("template"), context.gcp());
            if (secret != null) {
                fail(
                        job,
                        "Secret " + job.name.location().replaceAll("/locations/.*", "") + "/secrets/"
                                + secret.substring(secret.lastIndexOf('/') + 1) + "/versions/latest was not found",
                        done);
            } else {
                startWithToken(job, generation, tokenBefore, done);
            }
        });
    }

    private void startWithToken(Job job, long generation, String before, Consumer<@Nullable String> done) {
        String id = job.name.id() + "-" + job.token;
        boolean used = executions.find(job.name.execution(id)).isPresent();
        boolean honoured = used || (job.token.equals(before) && wasLatest(job, id));
        if (job.token.isEmpty() || honoured) {
            ready(job, generation, done);
            return;
        }
        context.later(context.gcp().startDelay(), () -> {
            if (job.generation != generation || job.deleteTime != null) {
                done.accept(null);
                return;
            }
            Execution execution = executions.start(
                    job, id, job.template() instanceof ObjectNode template ? template.deepCopy() : job.spec);
            Runnable then = () -> ready(job, generation, done);
            if (job.tokenRuns) {
                execution.whenEnded(() -> {
                    if (execution.completionStatus().equals("EXECUTION_FAILED")) {
                        fail(job, execution.completed.message(), done);
                    } else {
                        then.run();
                    }
                });
            } else {
                execution.whenStarted(then);
            }
        });
    }

    private static boolean wasLatest(Job job, String id) {
        Execution latest = job.latest;
        return latest != null && latest.id.equals(id);
    }

    private void ready(Job job, long generation, Consumer<@Nullable String> done) {
        if (job.generation == generation) {
            observed(job);
            job.ready.to(Condition.SUCCEEDED, "", now());
        }
        done.accept(null);
    }

    private void fail(Job job, String message, Consumer<@Nullable String> done) {
        observed(job);
        job.ready.to(Condition.FAILED, message, now());
        if (message.startsWith("Secret ")) {
            job.ready.because("SECRETS_ACCESS_CHECK_FAILED");
        }
        done.accept(message);
    }

    private void observed(Job job) {
        job.observedGeneration = job.generation;
        job.touch(now());
    }

    private Instant now() {
        return context.clock().instant();
    }
}

package io.portolan.benchmarks.aws;

import io.portolan.Cloud;
import io.portolan.benchmarks.rounds.Contender;
import io.portolan.run.JobResult;
import io.portolan.spec.JobSpec;
import java.time.Duration;

/** The measured: a job of one task, run and awaited through the SDK. Its record stays, as the task of the reference does. */
final class AwsJobs implements Contender {
    private static final JobSpec JOB = JobSpec.builder("no-op").image("app:1").build();

    private final Cloud cloud;

    /**
     * Jobs over one connection.
     *
     * @param cloud open on the emulator; not closed with this
     */
    AwsJobs(Cloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public String name() {
        return "SDK";
    }

    @Override
    public void once() {
        JobResult result = cloud.jobs().run(JOB).await(Duration.ofMinutes(5));
        if (!result.isSucceeded()) {
            throw new IllegalStateException(result.toString());
        }
    }
}

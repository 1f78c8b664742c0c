package io.portolan.examples;

import io.portolan.Cloud;
import io.portolan.id.ExecutionId;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.LogFollower;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SecretRef;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** Builds an image from a jar and runs it as a job of fifty tasks, once for each day however often it is started. */
public final class RunJob {

    private RunJob() {}

    /**
     * Runs the job of a day.
     *
     * @param args a jar with {@code com.acme.Report}, and the day
     */
    public static void main(String[] args) {
        System.out.println(run(Path.of(args[0]), args[1], System.out));
    }

    static JobResult run(Path jar, String day, PrintStream out) {
        // tag::run-job[]
        try (Cloud cloud = Cloud.connect()) { // portolan.yaml, PORTOLAN_* variables, -Dportolan.* properties
            Image image =
                    cloud.images().build(ImageBuild.java("com.acme.Report", jar).named("report", "1.4"));
            JobSpec job = JobSpec.builder("nightly-report")
                    .image(image)
                    .args("--day", day)
                    .tasks(50)
                    .parallelism(10)
                    .maxRetries(2)
                    .secretEnv("DB_PASSWORD", SecretRef.named("report-db"))
                    .build();
            JobExecution run = cloud.jobs().run(job, ExecutionId.of("nightly-" + day)); // again: the same execution
            try (LogFollower logs = run.followLogs(line -> out.println(line.task() + ": " + line.text()))) {
                JobResult result = run.await(Duration.ofHours(1)); // a job that fails is a result, not an exception
                logs.awaitEnd(Duration.ofMinutes(1)); // until the last line was printed
                return result;
            }
        }
        // end::run-job[]
    }
}

package io.portolan.examples;

import io.portolan.Cloud;
import io.portolan.id.ExecutionId;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.LogFollower;
import io.portolan.spec.Cpu;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import io.portolan.spec.SecretRef;
import java.nio.file.Path;
import java.time.Duration;

/** Builds an image from a jar and runs it as a job of fifty tasks, once for each day whoever starts it again. */
public final class RunJob {

    private RunJob() {}

    /**
     * Runs the job of a day.
     *
     * @param args the jar, its main class, the day
     */
    public static void main(String[] args) {
        // tag::connect[]
        try (Cloud cloud = Cloud.connect()) { // portolan.yaml, PORTOLAN_* variables, -Dportolan.* properties
            // end::connect[]
            System.out.println(run(cloud, Path.of(args[0]), args[1], args[2]));
        }
    }

    static JobResult run(Cloud cloud, Path jar, String mainClass, String day) {
        // tag::run-job[]
        Image image = cloud.images().build(ImageBuild.java(mainClass, jar).named("report", "1.4"));
        JobSpec report = JobSpec.builder("nightly-report")
                .image(image)
                .args("--day", day)
                .resources(Resources.of(Cpu.cores(1), MemorySize.mebibytes(512)))
                .tasks(50)
                .parallelism(10)
                .maxRetries(2)
                .timeout(Duration.ofMinutes(30))
                .secretEnv("DB_PASSWORD", SecretRef.named("report-db"))
                .build();
        JobExecution run = cloud.jobs().run(report, ExecutionId.of("nightly-" + day)); // again = the same execution
        try (LogFollower logs = run.followLogs(line -> System.out.println(line.task() + ": " + line.text()))) {
            return run.await(Duration.ofHours(1)); // a job that fails is a result, not an exception
        }
        // end::run-job[]
    }
}

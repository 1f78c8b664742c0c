package io.portolan.examples;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.run.JobResult;
import io.portolan.spec.JobSpec;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** The same program on any provider: which one is a line of {@code portolan.yaml}, a variable or a system property. */
public final class SwitchProvider {

    private SwitchProvider() {}

    /**
     * Runs one container to its end.
     *
     * @param args the file with the configuration, and an image
     */
    public static void main(String[] args) {
        hello(Path.of(args[0]), args[1], System.out);
    }

    static void hello(Path file, String image, PrintStream out) {
        // tag::switch-provider[]
        CloudConfig config = CloudConfig.load(file); // "provider: local"; PORTOLAN_PROVIDER overrides it
        try (Cloud cloud = Cloud.connect(config)) {
            JobSpec hello = JobSpec.builder("hello").image(image).build();
            JobResult result = cloud.jobs().run(hello).await(Duration.ofMinutes(5));
            out.println(cloud.provider() + ": " + result);
        }
        // end::switch-provider[]
    }
}

package io.portolan.examples;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.run.JobResult;
import io.portolan.spec.JobSpec;
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
        // tag::switch-provider[]
        CloudConfig config = CloudConfig.load(Path.of(args[0])); // provider: local
        try (Cloud cloud = Cloud.connect(config)) { // PORTOLAN_PROVIDER or -Dportolan.provider override it
            System.out.println(cloud.provider() + ": " + hello(cloud, args[1]));
        }
        // end::switch-provider[]
    }

    static JobResult hello(Cloud cloud, String image) {
        JobSpec hello = JobSpec.builder("hello").image(image).build();
        return cloud.jobs().run(hello).await(Duration.ofMinutes(5));
    }
}

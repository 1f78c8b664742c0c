package io.portolan.benchmarks.startup;

import com.github.dockerjava.api.DockerClient;
import io.portolan.Cloud;
import io.portolan.benchmarks.engine.Clients;
import io.portolan.config.CloudConfig;
import io.portolan.id.ProviderId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * A program that asks the engine once for the containers of an application and prints two numbers: milliseconds from its first own line
 * to the answer, and from the start of the JVM to the answer.
 */
public final class FirstAnswer {
    static final String SDK = "sdk";
    static final String DIRECT = "direct";

    private FirstAnswer() {}

    /**
     * Asks.
     *
     * @param arguments {@value #SDK} or {@value #DIRECT}, then the application
     * @throws IOException if docker-java's client does not close
     */
    public static void main(String[] arguments) throws IOException {
        long start = System.nanoTime();
        int answered = arguments[0].equals(SDK) ? askWithSdk(arguments[1]) : askDirectly(arguments[1]);
        long end = System.nanoTime();
        long now = System.currentTimeMillis();
        long jvm = ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.println((end - start) / 1_000_000.0 + " " + (now - jvm) + " " + answered);
    }

    private static int askWithSdk(String application) {
        CloudConfig config =
                CloudConfig.builder(ProviderId.LOCAL).application(application).build();
        try (Cloud cloud = Cloud.connect(config)) {
            return cloud.list().size();
        }
    }

    private static int askDirectly(String application) throws IOException {
        try (DockerClient client = Clients.open(4)) {
            return client.listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of("io.portolan.application", application))
                    .exec()
                    .size();
        }
    }
}

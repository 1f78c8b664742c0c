package io.portolan.benchmarks.aws;

import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import io.portolan.id.ProviderId;
import java.net.URI;
import java.time.Duration;

/** The endpoint that all contenders call: an emulator whose tasks end at once, so that only calls and waiting take time. */
public final class EmulatedEcs implements AutoCloseable {
    static final String REGION = "us-east-1";
    static final String KEY = "test";
    static final String SUBNET = "subnet-0123456789abcdef0";

    private final CloudEmulator emulator;

    private EmulatedEcs(CloudEmulator emulator) {
        this.emulator = emulator;
    }

    /**
     * Starts one.
     *
     * @return it, on a free port
     */
    public static EmulatedEcs start() {
        CloudEmulator emulator = CloudEmulator.builder()
                .containers(SimulatedContainers.running(spec -> SimulatedProgram.exiting(0)))
                .start();
        emulator.aws().taskPhase(Duration.ZERO);
        return new EmulatedEcs(emulator);
    }

    /**
     * Where it is.
     *
     * @return its address
     */
    public URI endpoint() {
        return emulator.endpoint();
    }

    /**
     * How the SDK connects to it.
     *
     * @param endpoint its address
     * @param poll time between two looks
     * @return all that is needed
     */
    public static CloudConfig config(URI endpoint, Duration poll) {
        return CloudConfig.builder(ProviderId.AWS)
                .application("benchmark")
                .engine(EngineSettings.DEFAULT.pollInterval(poll, poll))
                .set("region", REGION)
                .set("credentials.access-key-id", KEY)
                .set("credentials.secret-access-key", KEY)
                .set("endpoint", endpoint.toString())
                .set("subnets", SUBNET)
                .set("execution-role", "arn:aws:iam::123456789012:role/execution")
                .build();
    }

    /** How many requests it got until now. */
    int requests() {
        return emulator.aws().requests().counts().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    @Override
    public void close() {
        emulator.close();
    }
}

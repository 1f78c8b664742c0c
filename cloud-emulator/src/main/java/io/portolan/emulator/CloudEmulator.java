package io.portolan.emulator;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.gcp.GcpEmulator;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Clouds on one port of the loopback. They keep state, check each request against the cloud's own model, fail as tests want them to, and
 * run containers, simulated or on Docker.
 */
public final class CloudEmulator implements AutoCloseable {
    private final WireMockServer server;
    private final List<EmulatedCloud> clouds;
    private final EmulatorClock clock;
    private final ContainerRuntime containers;

    private CloudEmulator(
            WireMockServer server, List<EmulatedCloud> clouds, EmulatorClock clock, ContainerRuntime containers) {
        this.server = server;
        this.clouds = clouds;
        this.clock = clock;
        this.containers = containers;
    }

    /**
     * Starts to describe an emulator.
     *
     * @return a builder with simulated containers and a clock that runs by itself
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Where all clouds answer.
     *
     * @return the address, on the loopback
     */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /**
     * By what tests look into AWS and script it.
     *
     * @return the controls
     */
    public AwsEmulator aws() {
        return controls(AwsEmulator.class);
    }

    /**
     * By what tests look into Google Cloud and script it.
     *
     * @return the controls
     */
    public GcpEmulator gcp() {
        return controls(GcpEmulator.class);
    }

    /**
     * By what tests look into a cloud and script it.
     *
     * @param type of the controls
     * @return the controls
     * @param <T> of the controls
     */
    public <T> T controls(Class<T> type) {
        return clouds.stream()
                .map(EmulatedCloud::controls)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no cloud has " + type.getSimpleName()));
    }

    /** Stops the server and removes all containers. */
    @Override
    public void close() {
        server.stop();
        clock.close();
        clouds.forEach(EmulatedCloud::close);
        containers.close();
    }

    /** Describes an emulator. */
    public static final class Builder {
        private ContainerRuntime containers = SimulatedContainers.exitingAtOnce();
        private @Nullable EmulatorClock clock;
        private @Nullable String registry;

        private Builder() {}

        /**
         * What runs containers. The emulator closes it.
         *
         * @param runtime simulated by default
         * @return this
         */
        public Builder containers(ContainerRuntime runtime) {
            this.containers = runtime;
            return this;
        }

        /**
         * By what states move on. The emulator closes it.
         *
         * @param emulatorClock running by itself by default
         * @return this
         */
        public Builder clock(EmulatorClock emulatorClock) {
            this.clock = emulatorClock;
            return this;
        }

        /**
         * Where images are to be pushed.
         *
         * @param hostAndPort of a registry
         * @return this
         */
        public Builder registry(String hostAndPort) {
            this.registry = hostAndPort;
            return this;
        }

        /**
         * Starts the server on a port that the system picks.
         *
         * @return the emulator
         */
        public CloudEmulator start() {
            EmulatorClock time = clock == null ? EmulatorClock.real() : clock;
            containers.open(time);
            EmulatedCloud.Environment environment = new EmulatedCloud.Environment(time, containers, registry);
            List<EmulatedCloud> clouds = new ArrayList<>();
            List<Extension> extensions = new ArrayList<>();
            ServiceLoader.load(EmulatedCloud.class, EmulatedCloud.class.getClassLoader())
                    .forEach(clouds::add);
            for (EmulatedCloud cloud : clouds) {
                cloud.open(environment);
                extensions.addAll(cloud.extensions());
            }
            WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                    .bindAddress("127.0.0.1")
                    .dynamicPort()
                    .disableRequestJournal()
                    .containerThreads(32)
                    .extensions(extensions.toArray(new Extension[0])));
            for (EmulatedCloud cloud : clouds) {
                cloud.mappings().forEach(server::stubFor);
            }
            server.start();
            CloudEmulator emulator = new CloudEmulator(server, List.copyOf(clouds), time, containers);
            clouds.forEach(cloud -> cloud.started(emulator.endpoint()));
            return emulator;
        }
    }
}

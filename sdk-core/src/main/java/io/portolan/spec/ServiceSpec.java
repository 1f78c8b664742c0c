package io.portolan.spec;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.image.ImageReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service: containers that answer on a port for as long as the service is there. Each deployment of a changed spec makes a revision; a
 * revision runs as one or more replicas.
 *
 * <p>The container learns its port from {@code PORT} and must listen on it on all interfaces.
 *
 * <p>Immutable; equal by content.
 */
public final class ServiceSpec implements WorkloadSpec {
    private final String name;
    private final ContainerSpec container;
    private final Port port;
    private final Scaling scaling;
    private final Exposure exposure;
    private final Probe readiness;
    private final @Nullable Probe liveness;
    private final Map<String, String> labels;
    private final List<ProviderOptions> options;

    private ServiceSpec(Builder b, ImageReference image) {
        this.name = b.name;
        this.container = new ContainerSpec(b, image);
        this.port = b.port;
        this.scaling = b.scaling;
        this.exposure = b.exposure;
        this.readiness = b.readiness;
        this.liveness = b.liveness;
        this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(b.labels));
        this.options = List.copyOf(b.options);
    }

    /**
     * Starts a service.
     *
     * @param name {@code [a-z]([a-z0-9-]{0,47}[a-z0-9])?}, unique within the application
     * @return a builder
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * A builder that holds this spec.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ContainerSpec container() {
        return container;
    }

    /**
     * Where the container listens.
     *
     * @return default HTTP on 8080
     */
    public Port port() {
        return port;
    }

    /**
     * How many replicas.
     *
     * @return default one
     */
    public Scaling scaling() {
        return scaling;
    }

    /**
     * Who can reach it.
     *
     * @return default {@link Exposure#PUBLIC}
     */
    public Exposure exposure() {
        return exposure;
    }

    /**
     * When a replica gets traffic.
     *
     * @return default: when the port accepts a connection
     */
    public Probe readiness() {
        return readiness;
    }

    /**
     * When a replica is replaced.
     *
     * @return the probe, empty for when its process ends only
     */
    public Optional<Probe> liveness() {
        return Optional.ofNullable(liveness);
    }

    @Override
    public Map<String, String> labels() {
        return labels;
    }

    @Override
    public List<ProviderOptions> options() {
        return options;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServiceSpec that
                && name.equals(that.name)
                && container.equals(that.container)
                && port.equals(that.port)
                && scaling.equals(that.scaling)
                && exposure == that.exposure
                && readiness.equals(that.readiness)
                && Objects.equals(liveness, that.liveness)
                && labels.equals(that.labels)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, container, port, scaling, exposure, readiness, liveness, labels, options);
    }

    @Override
    public String toString() {
        return "service '" + name + "' [" + container + ", port=" + port.number() + ", scaling=" + scaling.min() + ".."
                + scaling.max() + ", exposure=" + exposure + "]";
    }

    /** Collects a service. Not thread-safe. */
    public static final class Builder extends WorkloadBuilder<Builder> {
        private Port port = Port.http(8080);
        private Scaling scaling = Scaling.fixed(1);
        private Exposure exposure = Exposure.PUBLIC;
        private Probe readiness = Probe.tcp();
        private @Nullable Probe liveness;

        private Builder(String name) {
            super(name);
        }

        private Builder(ServiceSpec spec) {
            super(spec);
            this.port = spec.port;
            this.scaling = spec.scaling;
            this.exposure = spec.exposure;
            this.readiness = spec.readiness;
            this.liveness = spec.liveness;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Where the container listens. Default {@code Port.http(8080)}.
         *
         * @param value the port
         * @return this
         */
        public Builder port(Port value) {
            port = Objects.requireNonNull(value, "port");
            return this;
        }

        /**
         * How many replicas. Default {@code Scaling.fixed(1)}.
         *
         * @param value the scaling
         * @return this
         */
        public Builder scaling(Scaling value) {
            scaling = Objects.requireNonNull(value, "scaling");
            return this;
        }

        /**
         * Who can reach it. Default {@link Exposure#PUBLIC}.
         *
         * @param value the exposure
         * @return this
         */
        public Builder exposure(Exposure value) {
            exposure = Objects.requireNonNull(value, "exposure");
            return this;
        }

        /**
         * When a replica gets traffic. Default: when the port accepts a connection.
         *
         * @param value the probe
         * @return this
         */
        public Builder readiness(Probe value) {
            readiness = Objects.requireNonNull(value, "readiness");
            return this;
        }

        /**
         * When a replica is replaced. Default: when its process ends.
         *
         * @param value the probe
         * @return this
         */
        public Builder liveness(Probe value) {
            liveness = Objects.requireNonNull(value, "liveness");
            return this;
        }

        /**
         * Checks everything and makes the spec.
         *
         * @return the spec
         * @throws InvalidSpecException with every violation
         */
        public ServiceSpec build() {
            List<Violation> own = new ArrayList<>();
            if (port.protocol() == Port.Protocol.TCP && readiness.check() instanceof Probe.HttpGet) {
                own.add(new Violation(
                        "readiness", "http", "must fit the protocol of the port, which is TCP", "use Probe.tcp()"));
            }
            requireValid("service", own);
            return new ServiceSpec(this, Objects.requireNonNull(image, "image"));
        }
    }
}

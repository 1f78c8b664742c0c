package io.portolan.testing;

import io.portolan.id.ProviderId;
import io.portolan.plan.NativeRequest;
import io.portolan.portability.Capability;
import io.portolan.portability.CapabilitySet;
import io.portolan.portability.Finding;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import java.util.List;

/** A provider that knows keys and capabilities and opens nothing. */
public class StubProvider implements CloudProvider {
    public static final List<ConfigKey> KEYS = List.of(
            ConfigKey.withDefault("registry", ConfigKey.Type.TEXT, "127.0.0.1:5000", "Where images are pushed."),
            ConfigKey.optional("docker-host", ConfigKey.Type.TEXT, "Where the engine listens."),
            ConfigKey.optional("registry-password", ConfigKey.Type.SECRET, "The password of the registry."),
            ConfigKey.withDefault("pids", ConfigKey.Type.NUMBER, "512", "Most processes."),
            ConfigKey.withDefault("verify-tls", ConfigKey.Type.FLAG, "true", "Whether certificates are checked."),
            ConfigKey.withDefault("pull-timeout", ConfigKey.Type.DURATION, "5m", "How long a pull may take."),
            ConfigKey.optional("volumes.*", ConfigKey.Type.TEXT, "What carries a named volume."),
            ConfigKey.optional("volumes.sizes.*", ConfigKey.Type.NUMBER, "How large a named volume is."));

    private final ProviderId id;
    private final List<ConfigKey> keys;
    private final CapabilitySet capabilities;

    public StubProvider(String id, List<ConfigKey> keys, Capability... lacking) {
        this.id = new ProviderId(id);
        this.keys = keys;
        this.capabilities = CapabilitySet.allExcept(lacking);
    }

    @Override
    public ProviderId id() {
        return id;
    }

    @Override
    public CapabilitySet capabilities() {
        return capabilities;
    }

    @Override
    public List<ConfigKey> configKeys() {
        return keys;
    }

    @Override
    public List<Finding> portability(WorkloadSpec spec, ProviderConfig config) {
        return List.of();
    }

    @Override
    public List<NativeRequest> requests(WorkloadSpec spec, ProviderConfig config) {
        return List.of();
    }

    @Override
    public CloudDriver open(ProviderConfig config, DriverContext context) {
        throw new UnsupportedOperationException("a stub opens nothing");
    }

    /** The provider {@code local}. */
    public static final class Local extends StubProvider {
        public Local() {
            super("local", KEYS);
        }
    }

    /** The provider {@code harbour}, of nobody whom this project knows. */
    public static final class Harbour extends StubProvider {
        public Harbour() {
            super("harbour", KEYS);
        }
    }

    /** A provider whose jar does not fit. */
    public static final class Broken extends StubProvider {
        public Broken() {
            super("broken", KEYS);
            throw new NoClassDefFoundError("com/vendor/Client");
        }
    }
}

package io.portolan.local.internal.service;

import io.portolan.id.ProviderId;
import io.portolan.local.internal.container.LocalSettings;
import io.portolan.local.internal.service.proxy.ContainerProxy;
import io.portolan.portability.Finding;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.Exposure;
import io.portolan.spec.Probe;
import io.portolan.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of the fields that only services have. Pure. */
final class ServiceFindings {
    private final List<Finding> findings = new ArrayList<>();

    private ServiceFindings() {}

    static List<Finding> of(ServiceSpec spec) {
        ServiceFindings check = new ServiceFindings();
        check.service(spec);
        return List.copyOf(check.findings);
    }

    private void service(ServiceSpec spec) {
        if (spec.port().number() == ContainerProxy.RESERVED_PORT) {
            add(
                    "port",
                    Kind.REJECTED,
                    "port " + spec.port().number() + " is used by the proxy in front of the service",
                    "choose another port");
        }
        if (spec.exposure() == Exposure.PUBLIC) {
            add("exposure", Kind.ADJUSTED, "published on the loopback address 127.0.0.1 only", null);
        }
        if (spec.readiness().check() instanceof Probe.Exec) {
            add(
                    "readiness",
                    Kind.EMULATED,
                    "the SDK runs the command while it deploys; afterwards the proxy looks only whether the port takes"
                            + " connections",
                    null);
        }
        spec.liveness()
                .ifPresent(probe -> add(
                        "liveness",
                        Kind.EMULATED,
                        "Docker restarts a container only when its process ends; the SDK restarts one that fails this probe"
                                + " as long as a connection that deployed or looked at the service is open",
                        null));
        LocalSettings settings = LocalSettings.of(spec);
        if (settings.networkMode() != null) {
            add(
                    "options.local." + LocalSettings.NETWORK_MODE,
                    Kind.REJECTED,
                    "was '" + settings.networkMode() + "' but a service is reached over the network of its application",
                    "leave it out");
        }
    }

    private void add(String field, Kind kind, String message, @Nullable String fix) {
        findings.add(new Finding(ProviderId.LOCAL, field, kind, message, fix, null));
    }
}

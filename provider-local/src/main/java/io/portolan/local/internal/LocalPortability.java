package io.portolan.local.internal;

import io.portolan.id.ProviderId;
import io.portolan.local.internal.container.ContainerFindings;
import io.portolan.local.internal.service.LocalServiceDriver;
import io.portolan.portability.Finding;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a spec on Docker, offline. */
public final class LocalPortability {
    private LocalPortability() {}

    /**
     * What becomes of a spec.
     *
     * @param spec a job or a service
     * @param config the settings
     * @return in the order of fields
     */
    public static List<Finding> findings(WorkloadSpec spec, ProviderConfig config) {
        List<Finding> findings = new ArrayList<>(ContainerFindings.of(spec, ProviderId.LOCAL));
        if (spec instanceof ServiceSpec service) {
            findings.addAll(LocalServiceDriver.findings(service, config));
        }
        return List.copyOf(findings);
    }
}

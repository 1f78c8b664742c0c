package io.portolan;

import io.portolan.error.InvalidSpecException;
import io.portolan.id.ProviderId;
import io.portolan.internal.provider.Providers;
import io.portolan.internal.provider.SpecCheck;
import io.portolan.portability.Finding;
import io.portolan.portability.PortabilityReport;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.ProviderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a spec on each provider, offline: no credentials, no remote call. The same mapping that a run or a deployment uses.
 */
public final class Portability {
    private Portability() {}

    /**
     * Checks a spec against providers with their default settings.
     *
     * @param spec a job or a service
     * @param providers which; each must be on the class path
     * @return every finding
     * @throws InvalidSpecException if a provider is not on the class path
     */
    public static PortabilityReport check(WorkloadSpec spec, ProviderId... providers) {
        List<Finding> findings = new ArrayList<>();
        for (ProviderId id : providers) {
            CloudProvider provider = Providers.find(id);
            findings.addAll(SpecCheck.findings(spec, provider, defaults(provider)));
        }
        return new PortabilityReport(SpecCheck.subject(spec), List.of(providers), findings);
    }

    static PortabilityReport check(WorkloadSpec spec, CloudProvider provider, ProviderConfig config) {
        return new PortabilityReport(
                SpecCheck.subject(spec), List.of(provider.id()), SpecCheck.findings(spec, provider, config));
    }

    private static ProviderConfig defaults(CloudProvider provider) {
        return new ProviderConfig("default", provider.configKeys(), Map.of());
    }
}

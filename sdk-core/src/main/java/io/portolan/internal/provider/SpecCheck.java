package io.portolan.internal.provider;

import io.portolan.error.UnsupportedSpecException;
import io.portolan.portability.Finding;
import io.portolan.spec.JobSpec;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.ProviderConfig;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a spec on one provider: core's findings and the provider's. Pure, before any I/O. */
public final class SpecCheck {
    private SpecCheck() {}

    /**
     * All findings.
     *
     * @param spec the spec
     * @param provider the provider
     * @param config its settings
     * @return core's first, then the provider's
     */
    public static List<Finding> findings(WorkloadSpec spec, CloudProvider provider, ProviderConfig config) {
        List<Finding> findings = new ArrayList<>(CapabilityFindings.of(spec, provider.id(), provider.capabilities()));
        findings.addAll(provider.portability(spec, config));
        return findings;
    }

    /**
     * All findings of a spec that the provider can run.
     *
     * @param spec the spec
     * @param provider the provider
     * @param config its settings
     * @return the findings, none of them a rejection
     * @throws UnsupportedSpecException with every rejection
     */
    public static List<Finding> require(WorkloadSpec spec, CloudProvider provider, ProviderConfig config) {
        List<Finding> findings = findings(spec, provider, config);
        List<String> rejected = findings.stream()
                .filter(f -> f.kind() == Finding.Kind.REJECTED)
                .map(f -> f.field() + " " + f.message()
                        + f.suggestedFix().map(fix -> "; " + fix).orElse(""))
                .toList();
        if (!rejected.isEmpty()) {
            throw new UnsupportedSpecException(subject(spec), provider.id().value(), rejected);
        }
        return findings;
    }

    /**
     * How messages name a spec.
     *
     * @param spec the spec
     * @return for example {@code job 'nightly'}
     */
    public static String subject(WorkloadSpec spec) {
        return (spec instanceof JobSpec ? "job '" : "service '") + spec.name() + "'";
    }
}

package io.portolan.portability;

import io.portolan.id.ProviderId;
import java.util.List;
import java.util.Objects;

/**
 * What becomes of a spec on each provider that was asked.
 *
 * @param subject the spec, for example {@code job 'nightly'}
 * @param providers which providers were asked
 * @param findings in the order of providers and fields
 */
public record PortabilityReport(String subject, List<ProviderId> providers, List<Finding> findings) {
    /** Copies the lists. */
    public PortabilityReport {
        Objects.requireNonNull(subject, "subject");
        providers = List.copyOf(providers);
        findings = List.copyOf(findings);
    }

    /**
     * Whether every provider that was asked can run the spec.
     *
     * @return true if nothing is rejected
     */
    public boolean isPortable() {
        return findings.stream().noneMatch(f -> f.kind() == Finding.Kind.REJECTED);
    }

    /**
     * The findings of one provider.
     *
     * @param provider which
     * @return in the order of fields
     */
    public List<Finding> findings(ProviderId provider) {
        return findings.stream().filter(f -> f.provider().equals(provider)).toList();
    }

    /** One line per finding. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(subject)
                .append(isPortable() ? " runs on " : " does not run on all of ")
                .append(providers);
        findings.forEach(f -> text.append("\n  ").append(f));
        return text.toString();
    }
}

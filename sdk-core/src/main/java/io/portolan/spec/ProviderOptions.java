package io.portolan.spec;

import io.portolan.id.ProviderId;
import java.util.Map;

/**
 * Settings that only one provider knows, attached to a spec. The typed escape hatch: providers bring a class of their own ({@code
 * LocalOptions}, {@code AwsOptions}). Ignored by other providers, and the portability report says so in a finding.
 *
 * <p>Implementations are immutable and have {@code equals}.
 */
public interface ProviderOptions {
    /**
     * The provider that reads them.
     *
     * @return the provider
     */
    ProviderId provider();

    /**
     * All settings as text: part of the identity of the spec, and what a spec file holds under {@code options.PROVIDER}. Never a secret.
     *
     * @return names and values, in a stable order
     */
    Map<String, String> settings();
}

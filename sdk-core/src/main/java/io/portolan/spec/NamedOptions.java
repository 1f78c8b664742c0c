package io.portolan.spec;

import io.portolan.id.ProviderId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Settings of one provider by their names, as a spec file holds them. Providers read them as they read their own typed class.
 *
 * @param provider the provider that reads them
 * @param settings names and values, in a stable order
 */
public record NamedOptions(ProviderId provider, Map<String, String> settings) implements ProviderOptions {
    /** Copies the settings. */
    public NamedOptions {
        Objects.requireNonNull(provider, "provider");
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}

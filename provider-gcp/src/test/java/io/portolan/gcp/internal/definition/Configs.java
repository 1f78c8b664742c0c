package io.portolan.gcp.internal.definition;

import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.spi.ProviderConfig;
import java.util.HashMap;
import java.util.Map;

/** Settings for tests. */
public final class Configs {
    /** What is required. */
    public static final Map<String, String> PLACE = Map.of("project", "acme-shop", "region", "europe-west1");

    private Configs() {}

    /** Settings with others over them, given as keys and values; an empty value takes a key away. */
    public static ProviderConfig with(String... keysAndValues) {
        Map<String, String> values = new HashMap<>(PLACE);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        values.values().removeIf(String::isEmpty);
        return new ProviderConfig("shop", GcpKeys.ALL, values);
    }
}

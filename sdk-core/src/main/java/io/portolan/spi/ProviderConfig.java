package io.portolan.spi;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one provider, checked against its keys: unknown names and unreadable values were refused before. Immutable. {@code
 * toString} shows names only.
 */
public final class ProviderConfig {
    private final String application;
    private final Map<String, String> values;
    private final Map<String, ConfigKey> keys;

    /**
     * Settings over declared keys.
     *
     * @param application the name that everything made by this configuration is labelled with
     * @param keys every key that exists
     * @param values what is set, names relative to the section
     */
    public ProviderConfig(String application, List<ConfigKey> keys, Map<String, String> values) {
        this.application = Objects.requireNonNull(application, "application");
        this.values = Map.copyOf(values);
        Map<String, ConfigKey> byName = new LinkedHashMap<>();
        keys.forEach(k -> byName.put(k.name(), k));
        this.keys = byName;
    }

    /**
     * The application: the scope of names, of {@code list} and of {@code prune}.
     *
     * @return {@code [a-z]([a-z0-9-]{0,29}[a-z0-9])?}, default {@code default}
     */
    public String application() {
        return application;
    }

    /**
     * A setting as text.
     *
     * @param name relative to the section
     * @return what is set, or the key's default, or empty
     * @throws IllegalArgumentException if no such key is declared
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(value(name));
    }

    /**
     * A setting as a flag.
     *
     * @param name relative to the section
     * @return what is set or the default; false if neither
     */
    public boolean flag(String name) {
        return Boolean.parseBoolean(value(name));
    }

    /**
     * A setting as a number.
     *
     * @param name relative to the section; the key must have a default
     * @return what is set or the default
     */
    public int number(String name) {
        return Integer.parseInt(Objects.requireNonNull(value(name), name));
    }

    /**
     * A setting as a duration.
     *
     * @param name relative to the section; the key must have a default
     * @return what is set or the default
     */
    public Duration duration(String name) {
        return Durations.parse(Objects.requireNonNull(value(name), name));
    }

    /**
     * All settings under a prefix, for keys that end in {@code *}.
     *
     * @param prefix without the dot, for example {@code volumes}
     * @return the rest of each name to its value
     */
    public Map<String, String> under(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix + ".")) {
                found.put(name.substring(prefix.length() + 1), value);
            }
        });
        return found;
    }

    private @Nullable String value(String name) {
        ConfigKey key = keys.get(name);
        if (key == null) {
            throw new IllegalArgumentException(
                    "config key '" + name + "' is not declared by the provider; add it to configKeys()");
        }
        String set = values.get(name);
        return set == null ? key.defaultValue() : set;
    }

    @Override
    public String toString() {
        return "ProviderConfig[application=" + application + ", set=" + values.keySet() + "]";
    }
}

package io.portolan.aws.internal.config;

import io.portolan.id.ProviderId;
import io.portolan.spec.ProviderOptions;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What holds for one workload: the configuration, and over it the options of its spec. An option in camelCase covers the key in kebab-case
 * ({@code taskRole} covers {@code task-role}). Immutable; read by pure mappers.
 */
public final class AwsSettings {
    private final ProviderConfig config;
    private final Map<String, String> options;

    private AwsSettings(ProviderConfig config, Map<String, String> options) {
        this.config = config;
        this.options = options;
    }

    /**
     * The configuration alone.
     *
     * @param config the section {@code portolan.aws}
     * @return the settings
     */
    public static AwsSettings of(ProviderConfig config) {
        return new AwsSettings(config, Map.of());
    }

    /**
     * The configuration under the options of a spec.
     *
     * @param config the section {@code portolan.aws}
     * @param spec a job or a service
     * @return the settings
     */
    public static AwsSettings of(ProviderConfig config, WorkloadSpec spec) {
        return new AwsSettings(config, optionsOf(spec));
    }

    /**
     * The options of a spec for this provider.
     *
     * @param spec a job or a service
     * @return names to values, empty if it has none
     */
    public static Map<String, String> optionsOf(WorkloadSpec spec) {
        return spec.options().stream()
                .filter(o -> o.provider().equals(ProviderId.AWS))
                .findFirst()
                .map(ProviderOptions::settings)
                .orElse(Map.of());
    }

    /**
     * The configuration itself.
     *
     * @return the section
     */
    public ProviderConfig config() {
        return config;
    }

    /**
     * The application that everything is labelled with.
     *
     * @return its name
     */
    public String application() {
        return config.application();
    }

    /**
     * An option or, under it, a key.
     *
     * @param key the key in kebab-case
     * @return what is set, the key's default, or empty
     */
    public Optional<String> text(String key) {
        String option = options.get(camelCase(key));
        return (option == null ? config.text(key) : Optional.of(option))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /**
     * A setting with a default.
     *
     * @param key the key in kebab-case
     * @return what is set or the default
     */
    public String required(String key) {
        return text(key)
                .orElseThrow(() -> new IllegalArgumentException("setting 'portolan.aws." + key
                        + "' was '' but must not be empty; leave it out for its default"));
    }

    /**
     * A flag.
     *
     * @param key the key in kebab-case
     * @return false if neither option nor key says true
     */
    public boolean flag(String key) {
        return text(key).map(Boolean::parseBoolean).orElse(false);
    }

    /**
     * A list of ids.
     *
     * @param key the key in kebab-case
     * @return the parts between commas
     */
    public List<String> list(String key) {
        return text(key).map(AwsSettings::split).orElse(List.of());
    }

    /**
     * An option that has no key.
     *
     * @param name as {@link OptionNames} has it
     * @return what is set
     */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /**
     * Where tasks run.
     *
     * @return the capacity
     */
    public Capacity capacity() {
        return Capacity.of(required(AwsKeys.CAPACITY));
    }

    /**
     * The log group of all containers.
     *
     * @return its name
     */
    public String logGroup() {
        return text(AwsKeys.LOG_GROUP).orElse("/portolan/" + application());
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static String camelCase(String key) {
        StringBuilder name = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '-') {
                upper = true;
            } else {
                name.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return name.toString();
    }

    /** Names of settings only: values may be credentials. */
    @Override
    public String toString() {
        return "AwsSettings[" + config + ", options=" + options.keySet() + "]";
    }
}

package io.portolan.gcp.internal.config;

import io.portolan.error.Violation;
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
 * ({@code serviceAccount} covers {@code service-account}). Immutable; read by pure mappers.
 */
public final class GcpSettings {
    /** Stands for the project while it is not set. */
    public static final String NO_PROJECT = "PROJECT";
    /** Stands for the region while it is not set. */
    public static final String NO_REGION = "REGION";

    private final ProviderConfig config;
    private final Map<String, String> options;

    private GcpSettings(ProviderConfig config, Map<String, String> options) {
        this.config = config;
        this.options = options;
    }

    /**
     * The configuration alone.
     *
     * @param config the section {@code portolan.gcp}
     * @return the settings
     */
    public static GcpSettings of(ProviderConfig config) {
        return new GcpSettings(config, Map.of());
    }

    /**
     * The configuration under the options of a spec.
     *
     * @param config the section {@code portolan.gcp}
     * @param spec a job or a service
     * @return the settings
     */
    public static GcpSettings of(ProviderConfig config, WorkloadSpec spec) {
        return new GcpSettings(config, optionsOf(spec));
    }

    /**
     * The options of a spec for this provider.
     *
     * @param spec a job or a service
     * @return names to values, empty if it has none
     */
    public static Map<String, String> optionsOf(WorkloadSpec spec) {
        return spec.options().stream()
                .filter(o -> o.provider().equals(ProviderId.GCP))
                .findFirst()
                .map(ProviderOptions::settings)
                .orElse(Map.of());
    }

    /**
     * What in the configuration is missing or cannot be right, found before anything is sent.
     *
     * @return every violation, empty if there is none
     */
    public List<Violation> violations() {
        return SettingRules.of(this);
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
     * The project.
     *
     * @return its id, {@value #NO_PROJECT} if it is not set
     */
    public String project() {
        return text(GcpKeys.PROJECT).orElse(NO_PROJECT);
    }

    /**
     * The region.
     *
     * @return its name, {@value #NO_REGION} if it is not set
     */
    public String region() {
        return text(GcpKeys.REGION).orElse(NO_REGION);
    }

    /**
     * The parent of jobs and services.
     *
     * @return {@code projects/P/locations/R}
     */
    public String location() {
        return "projects/" + project() + "/locations/" + region();
    }

    /**
     * The Artifact Registry repository.
     *
     * @return its short name
     */
    public String repository() {
        return text(GcpKeys.REPOSITORY).orElse(application());
    }

    /**
     * Host, and port if there is one, of the registry that images are published to.
     *
     * @return without a scheme
     */
    public String registry() {
        return text(GcpKeys.REGISTRY)
                .map(host -> host.replaceFirst("^https?://", "").replaceFirst("/+$", ""))
                .orElse(region() + "-docker.pkg.dev");
    }

    /**
     * Whether the registry is another one than Artifact Registry.
     *
     * @return true if the configuration names one
     */
    public boolean hasOtherRegistry() {
        return text(GcpKeys.REGISTRY).isPresent();
    }

    /**
     * Whether the registry is reached without TLS.
     *
     * @return true only if the configuration says so
     */
    public boolean registryIsPlain() {
        return text(GcpKeys.REGISTRY).filter(host -> host.startsWith("http://")).isPresent();
    }

    /**
     * The URL of a service of Google Cloud.
     *
     * @param service {@code run}, {@code logging} or {@code artifactregistry}
     * @return empty for Google's own
     */
    public Optional<String> endpoint(String service) {
        return Optional.ofNullable(config.under(GcpKeys.ENDPOINTS).get(service))
                .or(() -> text(GcpKeys.ENDPOINT))
                .map(url -> url.strip().replaceFirst("/+$", ""));
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
                .orElseThrow(() -> new IllegalArgumentException("setting 'portolan.gcp." + key
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
     * A list.
     *
     * @param key the key in kebab-case
     * @return the parts between commas
     */
    public List<String> list(String key) {
        return text(key).map(GcpSettings::split).orElse(List.of());
    }

    /**
     * An option that has no key.
     *
     * @param name as {@link OptionNames} has it
     * @return what is set
     */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /**
     * A flag that has no key.
     *
     * @param name as {@link OptionNames} has it
     * @return empty if it is not set
     */
    public Optional<Boolean> optionFlag(String name) {
        return option(name).map(Boolean::parseBoolean);
    }

    /**
     * A text of parts.
     *
     * @param text parts between commas
     * @return the parts, stripped, without empty ones
     */
    public static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
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
        return "GcpSettings[" + config + ", options=" + options.keySet() + "]";
    }
}

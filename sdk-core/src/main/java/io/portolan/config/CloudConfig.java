package io.portolan.config;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.id.ProviderId;
import io.portolan.internal.config.ConfigInputs;
import io.portolan.internal.config.ConfigLayers;
import io.portolan.internal.config.ConfigSection;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.ProviderConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which provider, for which application, with which settings.
 *
 * <p>{@link #load()} reads, each overriding the ones before: the defaults of the keys, {@code portolan.yaml} on the class path, {@code
 * portolan.yaml} in the working directory, the environment ({@code PORTOLAN_PROVIDER}, {@code PORTOLAN_LOCAL_REGISTRY}), system properties
 * ({@code -Dportolan.provider=local}). {@link #builder} reads nothing but what the code says. {@link #toBuilder()} puts code over what was
 * read. Profiles and the form of names are described in {@code docs/configuration.md}.
 *
 * <p>Immutable and thread-safe. {@code toString} shows no setting of a provider, as some are secrets.
 */
public final class CloudConfig {
    /** The application of those who name none. */
    public static final String DEFAULT_APPLICATION = "default";

    static final Pattern APPLICATION = Pattern.compile("[a-z]([a-z0-9-]{0,29}[a-z0-9])?");

    private final ProviderId provider;
    private final String application;
    private final EngineSettings engine;
    private final Map<String, String> set;
    private final @Nullable ConfigLayers layers;

    CloudConfig(Builder builder) {
        this.provider = builder.provider;
        this.application = builder.application;
        this.engine = builder.engine;
        this.set = Map.copyOf(builder.set);
        this.layers = builder.layers;
    }

    /**
     * Starts a configuration that reads neither files nor the environment nor system properties.
     *
     * @param provider the provider
     * @return a builder
     */
    public static Builder builder(ProviderId provider) {
        return new Builder(provider, null);
    }

    /**
     * The same with the provider by its name.
     *
     * @param provider for example {@code local}
     * @return a builder
     * @throws IllegalArgumentException if the text cannot be the name of a provider
     */
    public static Builder builder(String provider) {
        return builder(new ProviderId(provider));
    }

    /**
     * Reads {@code portolan.yaml} from class path and working directory, the environment and system properties.
     *
     * @return the configuration
     * @throws InvalidSpecException with everything that is wrong: unreadable files, unknown names with the nearest known one, unreadable
     *     values, no provider; not retryable
     */
    public static CloudConfig load() {
        return load(ConfigInputs.ofProcess(), null);
    }

    /**
     * Reads one file in place of those that {@link #load()} looks for, then the environment and system properties. A profile's file is
     * looked for beside it.
     *
     * @param file for example {@code deploy/portolan.yaml}
     * @return the configuration
     * @throws InvalidSpecException as above, also if the file does not exist; not retryable
     */
    public static CloudConfig load(Path file) {
        return load(ConfigInputs.ofProcess(), Objects.requireNonNull(file, "file"));
    }

    static CloudConfig load(ConfigInputs inputs, @Nullable Path file) {
        return new ConfigLoader(ConfigLayers.read(inputs, file)).load();
    }

    /**
     * A builder that holds this configuration. What it sets goes over what was read.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder(provider, layers).application(application).engine(engine);
        set.forEach(builder::set);
        return builder;
    }

    /**
     * The provider to connect to. That it is on the class path is found out when connecting.
     *
     * @return the provider
     */
    public ProviderId provider() {
        return provider;
    }

    /**
     * The scope of all names: what is made under one application is listed and pruned only under it.
     *
     * @return {@code [a-z]([a-z0-9-]{0,29}[a-z0-9])?}, default {@value #DEFAULT_APPLICATION}
     */
    public String application() {
        return application;
    }

    /**
     * How calls are repeated and how often is looked.
     *
     * @return the settings
     */
    public EngineSettings engine() {
        return engine;
    }

    /**
     * The settings of one provider, checked against its keys.
     *
     * @param owner the provider; settings made by {@link Builder#set} hold for {@link #provider()} only
     * @return its settings
     * @throws InvalidSpecException with every unknown name and every unreadable value; not retryable
     */
    public ProviderConfig section(CloudProvider owner) {
        Map<String, String> own = owner.id().equals(provider) ? set : Map.of();
        String prefix = "portolan." + owner.id() + ".";
        ConfigSection section = layers == null
                ? ConfigSection.of(prefix, owner.configKeys(), own)
                : ConfigSection.of(layers, prefix, owner.configKeys(), own);
        if (!section.violations().isEmpty()) {
            throw new InvalidSpecException("configuration", section.violations());
        }
        return new ProviderConfig(application, owner.configKeys(), section.values());
    }

    /** Provider and application. */
    @Override
    public String toString() {
        return "CloudConfig[provider=" + provider + ", application=" + application + "]";
    }

    /** Collects a configuration. Not thread-safe. */
    public static final class Builder {
        private final ProviderId provider;
        private final @Nullable ConfigLayers layers;
        private final Map<String, String> set = new LinkedHashMap<>();
        private String application = DEFAULT_APPLICATION;
        private EngineSettings engine = EngineSettings.DEFAULT;

        Builder(ProviderId provider, @Nullable ConfigLayers layers) {
            this.provider = Objects.requireNonNull(provider, "provider");
            this.layers = layers;
        }

        /**
         * The scope of all names. Default {@value CloudConfig#DEFAULT_APPLICATION}.
         *
         * @param value {@code [a-z]([a-z0-9-]{0,29}[a-z0-9])?}
         * @return this
         */
        public Builder application(String value) {
            application = Objects.requireNonNull(value, "application");
            return this;
        }

        /**
         * Sets one key of the provider's section. Checked when the section is asked for.
         *
         * @param key relative to the section, for example {@code registry}
         * @param value its text; blank to go back to the default
         * @return this
         */
        public Builder set(String key, String value) {
            set.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * How calls are repeated and how often is looked. Default {@link EngineSettings#DEFAULT}.
         *
         * @param value the settings
         * @return this
         */
        public Builder engine(EngineSettings value) {
            engine = Objects.requireNonNull(value, "engine");
            return this;
        }

        /**
         * Makes the configuration.
         *
         * @return the configuration
         * @throws InvalidSpecException if the application has no legal name
         */
        public CloudConfig build() {
            List<Violation> found = new ArrayList<>();
            ConfigLoader.checkApplication(application, found);
            if (!found.isEmpty()) {
                throw new InvalidSpecException("configuration", found);
            }
            return new CloudConfig(this);
        }
    }
}

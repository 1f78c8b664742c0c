package io.portolan.config;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.id.ProviderId;
import io.portolan.internal.config.ConfigLayers;
import io.portolan.internal.config.ConfigSection;
import io.portolan.internal.provider.Providers;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.ConfigKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a configuration from what was read, or reports everything that is wrong with it. */
final class ConfigLoader {
    private static final String ROOT = "portolan.";
    private static final String PROVIDER = "provider";
    private static final String APPLICATION = "application";

    private final ConfigLayers layers;
    private final List<Violation> found = new ArrayList<>();

    ConfigLoader(ConfigLayers layers) {
        this.layers = layers;
        found.addAll(layers.problems());
    }

    CloudConfig load() {
        Optional<String> named = layers.value(ROOT + PROVIDER, found);
        ProviderId id = named.map(this::toId).orElse(null);
        Optional<CloudProvider> provider =
                named.isEmpty() ? Providers.onlyOne(found) : id == null ? Optional.empty() : Providers.lookup(id);
        if (provider.isPresent()) {
            id = provider.get().id();
            String prefix = ROOT + id + ".";
            found.addAll(ConfigSection.of(layers, prefix, provider.get().configKeys(), Map.of())
                    .violations());
        }
        String application =
                layers.value(ROOT + APPLICATION, found).map(String::strip).orElse(CloudConfig.DEFAULT_APPLICATION);
        checkApplication(application, found);
        EngineSettings engine = EngineSettings.read(
                ConfigSection.of(layers, EngineSettings.PREFIX, EngineSettings.KEYS, Map.of()), found);
        found.addAll(unknownNames(id));
        if (id == null || !found.isEmpty()) {
            throw new InvalidSpecException("configuration", List.copyOf(new LinkedHashSet<>(found)));
        }
        return new CloudConfig(
                new CloudConfig.Builder(id, layers).application(application).engine(engine));
    }

    private @Nullable ProviderId toId(String text) {
        try {
            return new ProviderId(text.strip());
        } catch (IllegalArgumentException e) {
            found.add(new Violation(
                    ROOT + PROVIDER,
                    text.length() > 60 ? text.substring(0, 60) + "..." : text,
                    "must be a letter and up to 30 lower-case letters, digits or hyphens",
                    "write local, aws, gcp or azure"));
            return null;
        }
    }

    static void checkApplication(String application, List<Violation> found) {
        if (!CloudConfig.APPLICATION.matcher(application).matches()) {
            found.add(new Violation(
                    ROOT + APPLICATION,
                    application.length() > 60 ? application.substring(0, 60) + "..." : application,
                    "must be 1 to 31 lower-case letters, digits or inner hyphens and start with a letter",
                    "write for example 'acme-reports'"));
        }
    }

    /** Names outside of any section. Other providers are looked up only if a name is not known without them. */
    private List<Violation> unknownNames(@Nullable ProviderId selected) {
        Set<String> sections = new LinkedHashSet<>(Providers.ownNames());
        if (selected != null) {
            sections.add(selected.value());
        }
        List<Violation> unknown = ConfigSection.unknownNames(layers, ROOT, topKeys(sections));
        if (!unknown.isEmpty()) {
            Providers.all().forEach(p -> sections.add(p.id().value()));
            unknown = ConfigSection.unknownNames(layers, ROOT, topKeys(sections));
        }
        return unknown;
    }

    private static List<ConfigKey> topKeys(Collection<String> sections) {
        List<ConfigKey> keys = new ArrayList<>(List.of(
                ConfigKey.optional(PROVIDER, ConfigKey.Type.TEXT, "The provider."),
                ConfigKey.optional(APPLICATION, ConfigKey.Type.TEXT, "The scope of all names."),
                ConfigKey.optional("profile", ConfigKey.Type.TEXT, "The active profiles."),
                ConfigKey.optional("engine.*", ConfigKey.Type.TEXT, "See EngineSettings.")));
        sections.forEach(
                s -> keys.add(ConfigKey.optional(s + ".*", ConfigKey.Type.TEXT, "The section of a provider.")));
        return keys;
    }
}

package io.portolan.internal.config;

import io.portolan.error.Violation;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All sources of one configuration, on top of each other: files, then the environment, then system properties; a later one wins, and within
 * one source a value for an active profile wins. SmallRye Config decides and replaces {@code ${...}}; files are parsed by us, with limits.
 */
public final class ConfigLayers {
    private static final String ROOT = "portolan.";
    private static final Pattern PROFILED = Pattern.compile("%([a-z0-9-]+)\\.(.*)");
    private static final int FIRST_FILE_ORDINAL = 110;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int PROPERTIES_ORDINAL = 400;

    private final SmallRyeConfig config;
    private final Map<String, String> origins;
    private final Map<String, String> variables;
    private final List<Violation> problems;

    private ConfigLayers(
            SmallRyeConfig config,
            Map<String, String> origins,
            Map<String, String> variables,
            List<Violation> problems) {
        this.config = config;
        this.origins = Collections.unmodifiableMap(origins);
        this.variables = Collections.unmodifiableMap(variables);
        this.problems = List.copyOf(problems);
    }

    /**
     * Reads everything.
     *
     * @param inputs where from
     * @param file the one file to read in place of those that are looked for; null to look for them
     * @return the layers; what is wrong with the files is among its {@link #problems()}
     */
    public static ConfigLayers read(ConfigInputs inputs, @Nullable Path file) {
        List<Violation> problems = new ArrayList<>();
        ConfigFiles files = ConfigFiles.read(inputs, file, problems);
        Map<String, String> origins = new LinkedHashMap<>();
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfiles(files.profiles())
                .withSources(new EnvConfigSource(inputs.environment(), ENVIRONMENT_ORDINAL))
                .withSources(new PropertiesConfigSource(inputs.properties(), "system properties", PROPERTIES_ORDINAL));
        int ordinal = FIRST_FILE_ORDINAL;
        for (ConfigDocument document : files.documents()) {
            builder.withSources(new PropertiesConfigSource(document.values(), document.origin(), ordinal++));
            document.values().keySet().forEach(name -> addName(name, document, origins, problems));
        }
        new TreeMap<>(inputs.properties()).forEach((name, value) -> {
            Matcher profiled = PROFILED.matcher(name);
            String plain = profiled.matches() ? profiled.group(2) : name;
            if (plain.startsWith(ROOT)) {
                origins.put(plain, "system property " + name);
            }
        });
        Map<String, String> variables = new TreeMap<>();
        inputs.environment().forEach((name, value) -> {
            if (name.startsWith(EnvironmentNames.PREFIX) && !name.startsWith(EnvironmentNames.SECRETS)) {
                variables.put(name, value);
            }
        });
        return new ConfigLayers(builder.build(), origins, variables, problems);
    }

    private static void addName(
            String name, ConfigDocument document, Map<String, String> origins, List<Violation> problems) {
        String origin = document.origins().getOrDefault(name, document.origin());
        Matcher profiled = PROFILED.matcher(name);
        String plain = profiled.matches() ? profiled.group(2) : name;
        if (plain.startsWith(ROOT) && plain.length() > ROOT.length()) {
            origins.put(plain, origin);
        } else if (!plain.equals("portolan")
                || !document.values().getOrDefault(name, "").isEmpty()) {
            problems.add(new Violation(
                    name,
                    "***",
                    "must stand under 'portolan:' or under '%profile:' and 'portolan:' (" + origin + ")",
                    plain.startsWith("%")
                            ? "name the profile in lower-case letters, digits and hyphens"
                            : "indent it"));
        }
    }

    /**
     * What is wrong with the files themselves.
     *
     * @return in the order of the files
     */
    public List<Violation> problems() {
        return problems;
    }

    /** Every name in files and system properties, without its profile, with where it stands. */
    Map<String, String> origins() {
        return origins;
    }

    /** Every variable that begins with {@value EnvironmentNames#PREFIX} and holds no secret, sorted. */
    Map<String, String> variables() {
        return variables;
    }

    /**
     * The value that wins.
     *
     * @param name the full name
     * @param found takes an expression that cannot be replaced
     * @return empty if nothing is set, or an empty text
     */
    public Optional<String> value(String name, List<Violation> found) {
        ConfigValue value = config.getConfigValue(name);
        if (value.hasProblems()) {
            found.add(new Violation(
                    name,
                    "***",
                    "must not hold an expression ${name} whose name is not set",
                    "set what it names, give a default as in ${name:default}, or write \\${ for a plain ${"));
            return Optional.empty();
        }
        String text = value.getValue();
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(text);
    }
}

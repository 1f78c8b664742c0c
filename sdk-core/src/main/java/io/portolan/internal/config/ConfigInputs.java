package io.portolan.internal.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration is read from: this process, or what a test gives.
 *
 * @param environment variables
 * @param properties system properties
 * @param workingDirectory where {@code portolan.yaml} is looked for
 * @param classLoader where {@code portolan.yaml} is looked for first; null for nowhere
 */
public record ConfigInputs(
        Map<String, String> environment,
        Map<String, String> properties,
        Path workingDirectory,
        @Nullable ClassLoader classLoader) {
    /** Copies the maps. */
    public ConfigInputs {
        environment = Map.copyOf(environment);
        properties = Map.copyOf(properties);
    }

    /**
     * What this process has at this moment.
     *
     * @return a copy
     */
    public static ConfigInputs ofProcess() {
        Properties live = System.getProperties();
        Map<String, String> properties = new HashMap<>();
        live.stringPropertyNames().forEach(name -> properties.put(name, live.getProperty(name, "")));
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return new ConfigInputs(
                System.getenv(),
                properties,
                Path.of(""),
                ofThread == null ? ConfigInputs.class.getClassLoader() : ofThread);
    }

    /** Says nothing: the environment may hold secrets. */
    @Override
    public String toString() {
        return "ConfigInputs";
    }
}

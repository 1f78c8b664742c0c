package io.portolan.spi;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One setting that exists. What is not declared is an unknown key, which is refused with the nearest declared one.
 *
 * @param name relative to its section, in dotted kebab-case; a last part of {@code *} stands for any name, as in {@code volumes.*}
 * @param type how its value is read
 * @param defaultValue what holds if it is not set, null for none
 * @param description what it does, one sentence; shown in the documentation
 */
public record ConfigKey(String name, Type type, @Nullable String defaultValue, String description) {
    /** How a value is read. */
    public enum Type {
        /** Any text. */
        TEXT,
        /** {@code true} or {@code false}. */
        FLAG,
        /** A whole number. */
        NUMBER,
        /** ISO-8601 ({@code PT30S}) or a number with {@code ms}, {@code s}, {@code m}, {@code h}. */
        DURATION,
        /** Text that is hidden wherever the configuration is shown. */
        SECRET
    }

    /** Checks for null. */
    public ConfigKey {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(description, "description");
    }

    /**
     * A key without a default.
     *
     * @param name relative to its section
     * @param type how its value is read
     * @param description what it does
     * @return the key
     */
    public static ConfigKey optional(String name, Type type, String description) {
        return new ConfigKey(name, type, null, description);
    }

    /**
     * A key with a default.
     *
     * @param name relative to its section
     * @param type how its value is read
     * @param defaultValue what holds if it is not set
     * @param description what it does
     * @return the key
     */
    public static ConfigKey withDefault(String name, Type type, String defaultValue, String description) {
        return new ConfigKey(name, type, defaultValue, description);
    }

    /**
     * What holds if it is not set.
     *
     * @return empty for nothing
     */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultValue);
    }
}

package io.portolan.internal.config;

import io.portolan.error.Violation;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.Durations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that the text of a setting can be read as the type of its key. */
final class ValueRules {
    private static final int LONGEST_SHOWN = 100;

    private ValueRules() {}

    /**
     * The text to keep.
     *
     * @param path the full name
     * @param text what is set, not blank
     * @param key what it is set for
     * @param found takes what is wrong
     * @return without surrounding blanks where the type is not text; null if it cannot be read
     */
    static @Nullable String check(String path, String text, ConfigKey key, List<Violation> found) {
        String stripped = text.strip();
        Violation broken = switch (key.type()) {
            case TEXT, SECRET -> null;
            case FLAG ->
                stripped.equalsIgnoreCase("true") || stripped.equalsIgnoreCase("false")
                        ? null
                        : new Violation(path, shown(stripped), "must be true or false", "write true or false");
            case NUMBER ->
                isNumber(stripped)
                        ? null
                        : new Violation(path, shown(stripped), "must be a whole number", example(key, "10"));
            case DURATION ->
                isDuration(stripped)
                        ? null
                        : new Violation(path, shown(stripped), "must be a duration", example(key, "30s"));
        };
        if (broken != null) {
            found.add(broken);
            return null;
        }
        return key.type() == ConfigKey.Type.TEXT || key.type() == ConfigKey.Type.SECRET ? text : stripped;
    }

    private static boolean isNumber(String text) {
        try {
            Integer.parseInt(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDuration(String text) {
        try {
            return !Durations.parse(text).isNegative();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String example(ConfigKey key, String other) {
        String example = key.defaultText().orElse(other);
        return key.type() == ConfigKey.Type.DURATION
                ? "write for example '" + example + "', '250ms', '5m' or 'PT5M'"
                : "write for example '" + example + "'";
    }

    static String shown(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }
}

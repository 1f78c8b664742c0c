package io.portolan.internal.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes mappings, lists, text, numbers and flags as a YAML document. The same tree gives the same bytes in every version: hashes are
 * taken of what is written here, so neither the layout nor the choice of quotes may change.
 */
public final class YamlWriter {
    /** Longest name that YAML takes without a question mark before it, less the quotes. */
    private static final int LONGEST_NAME = 1000;

    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@+-]*(:[A-Za-z0-9_./@+-]+)*", Pattern.UNICODE_CASE);
    private static final Set<String> WORDS_WITH_A_MEANING =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private final StringBuilder text = new StringBuilder();

    private YamlWriter() {}

    /**
     * Writes a document.
     *
     * @param tree values are strings, integers, booleans, lists and maps of these with string keys
     * @return the document, with a line break at its end
     */
    public static String write(Map<String, ?> tree) {
        YamlWriter writer = new YamlWriter();
        writer.mapping(tree, 0, false);
        return writer.text.toString();
    }

    private void mapping(Map<?, ?> entries, int indent, boolean inItem) {
        boolean first = inItem;
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            if (!first) {
                indent(indent);
            }
            first = false;
            String name = scalar(String.valueOf(entry.getKey()));
            if (name.length() > LONGEST_NAME) {
                text.append("? ").append(name).append('\n');
                indent(indent);
                text.append(':');
            } else {
                text.append(name).append(':');
            }
            value(entry.getValue(), indent);
        }
    }

    private void value(Object value, int indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            text.append('\n');
            mapping(map, indent + 2, false);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            text.append('\n');
            for (Object item : list) {
                indent(indent + 2);
                text.append("-");
                if (item instanceof Map<?, ?> map && !map.isEmpty()) {
                    text.append(' ');
                    mapping(map, indent + 4, true);
                } else {
                    value(item, indent + 2);
                }
            }
        } else {
            text.append(' ').append(inline(value)).append('\n');
        }
    }

    private static String inline(Object value) {
        if (value instanceof Map<?, ?>) {
            return "{}";
        }
        if (value instanceof List<?>) {
            return "[]";
        }
        if (value instanceof Integer || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof String string) {
            return scalar(string);
        }
        throw new IllegalArgumentException("a document cannot hold a " + value.getClass());
    }

    private void indent(int columns) {
        text.append(" ".repeat(columns));
    }

    private static String scalar(String value) {
        return PLAIN.matcher(value).matches() && !WORDS_WITH_A_MEANING.contains(value.toLowerCase(Locale.ROOT))
                ? value
                : quoted(value);
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Character.isSurrogatePair(c, i + 1 < value.length() ? value.charAt(i + 1) : 'x')) {
                        quoted.append(c).append(value.charAt(++i));
                    } else if (isPrintable(c)) {
                        quoted.append(c);
                    } else {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** What YAML takes as it is: no control characters, no line separators, no lone surrogates, no byte order mark. */
    private static boolean isPrintable(char c) {
        return (c >= ' ' && c <= '~')
                || (c >= '\u00a0' && c < '\u2028')
                || (c > '\u2029' && c < '\ud800')
                || (c >= '\ue000' && c < '\ufeff')
                || (c > '\ufeff' && c <= '\ufffd');
    }
}

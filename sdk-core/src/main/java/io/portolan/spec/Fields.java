package io.portolan.spec;

import io.portolan.error.Violation;
import io.portolan.internal.text.DurationText;
import io.portolan.internal.text.NearestName;
import io.portolan.internal.text.YamlNode;
import io.portolan.internal.text.YamlNode.Mapping;
import io.portolan.internal.text.YamlNode.Scalar;
import io.portolan.internal.text.YamlNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one mapping of a document. Each is asked for by its name and type; what is wrong is reported and reads as absent. What was
 * not asked for is unknown, so what exists is said in one place only. Values are repeated only where they cannot be secrets.
 */
final class Fields {
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,8}");
    private static final Pattern DURATION = Pattern.compile(
            "[0-9]{1,12}(ms|s|m|h|d)|P(?=[0-9T])([0-9]{1,12}D)?(T(?=[0-9])([0-9]{1,12}H)?([0-9]{1,12}M)?([0-9]{1,12}(\\.[0-9]{1,9})?S)?)?");
    private static final int LONGEST_SHOWN = 100;

    private final String path;
    private final Mapping mapping;
    private final List<Violation> found;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(String path, Mapping mapping, List<Violation> found) {
        this.path = path;
        this.mapping = mapping;
        this.found = found;
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String name) {
        return mapping.entries().containsKey(name);
    }

    void add(String name, String value, String rule, String fix) {
        found.add(new Violation(
                name.isEmpty() ? path : at(name),
                value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + "..." : value,
                rule,
                fix));
    }

    /** Any single value, as it is written. */
    @Nullable
    String text(String name) {
        Scalar scalar = scalar(name, "must be a single value", "write it as name: value");
        return scalar == null ? null : scalar.text();
    }

    /** A single value that YAML takes for text. */
    @Nullable
    String word(String name) {
        Scalar scalar = scalar(name, "must be text", "write it as name: value");
        if (scalar != null && scalar.kind() != Scalar.Kind.TEXT) {
            add(name, scalar.text(), "must be text", "put it in quotes");
            return null;
        }
        return scalar == null ? null : scalar.text();
    }

    @Nullable
    Integer integer(String name) {
        Scalar scalar = scalar(name, "must be a whole number", "write it as name: 1");
        if (scalar == null) {
            return null;
        }
        if (scalar.kind() != Scalar.Kind.INTEGER
                || !INTEGER.matcher(scalar.text()).matches()) {
            add(name, scalar.text(), "must be a whole number of at most 9 digits", "write it without quotes");
            return null;
        }
        return Integer.valueOf(scalar.text());
    }

    @Nullable
    Boolean flag(String name) {
        Scalar scalar = scalar(name, "must be true or false", "write true or false");
        if (scalar == null) {
            return null;
        }
        if (scalar.kind() != Scalar.Kind.FLAG || !scalar.text().matches("true|false")) {
            add(name, scalar.text(), "must be true or false", "write true or false, without quotes");
            return null;
        }
        return Boolean.valueOf(scalar.text());
    }

    @Nullable
    Duration duration(String name) {
        Scalar scalar = scalar(name, "must be a duration", "write for example 30m, 45s or PT30M");
        if (scalar == null) {
            return null;
        }
        try {
            if (scalar.kind() == Scalar.Kind.TEXT
                    && DURATION.matcher(scalar.text()).matches()) {
                return DurationText.parse(scalar.text());
            }
        } catch (IllegalArgumentException e) {
            // Too long to be counted: reported below as any other text that is no duration.
        }
        add(name, scalar.text(), "must be a duration", "write for example 30m, 45s or PT30M");
        return null;
    }

    /** One of the lower-case names of an enum. */
    @Nullable
    <E> E choice(String name, Map<String, E> choices) {
        String word = word(name);
        if (word == null) {
            return null;
        }
        E chosen = choices.get(word);
        if (chosen == null) {
            Set<String> names = new TreeSet<>(choices.keySet());
            add(name, word, "must be one of " + String.join(", ", names), fix(word, names));
        }
        return chosen;
    }

    /** A text that a value type reads. */
    @Nullable
    <T> T parsed(String name, Function<String, T> parser, String rule, String fix) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            add(name, text, rule, fix);
            return null;
        }
    }

    /** A list of single values. */
    @Nullable
    List<String> words(String name) {
        YamlNode node = take(name);
        if (node == null) {
            return null;
        }
        if (!(node instanceof Sequence sequence)) {
            add(name, node.described(), "must be a list", "write it as [\"a\", \"b\"]");
            return null;
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            if (sequence.items().get(i) instanceof Scalar scalar && scalar.kind() != Scalar.Kind.NOTHING) {
                words.add(scalar.text());
            } else {
                add(name + "[" + i + "]", sequence.items().get(i).described(), "must be text", "put it in quotes");
            }
        }
        return words;
    }

    /** A mapping whose names the schema knows. */
    @Nullable
    Fields fields(String name) {
        Mapping inner = mapping(name);
        return inner == null ? null : new Fields(at(name), inner, found);
    }

    /** A mapping whose names the user chooses; each value is read as a field of that name. */
    void each(String name, BiConsumer<Fields, String> reader) {
        Fields inner = fields(name);
        if (inner != null) {
            inner.mapping.entries().keySet().forEach(key -> reader.accept(inner, key));
        }
    }

    /** Names with single values. */
    @Nullable
    Map<String, String> texts(String name) {
        if (!has(name)) {
            known.add(name);
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        each(name, (inner, key) -> {
            String text = inner.text(key);
            if (text != null) {
                texts.put(key, text);
            }
        });
        return texts;
    }

    /** A list of mappings. */
    List<Fields> list(String name) {
        YamlNode node = take(name);
        List<Fields> fields = new ArrayList<>();
        if (node instanceof Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                String item = name + "[" + i + "]";
                if (sequence.items().get(i) instanceof Mapping inner) {
                    fields.add(new Fields(at(item), inner, found));
                } else {
                    add(item, sequence.items().get(i).described(), "must be a mapping", "write its fields");
                }
            }
        } else if (node != null) {
            add(name, node.described(), "must be a list", "begin each item with '- '");
        }
        return fields;
    }

    /** Reports a field that must be there. */
    void require(String name, String fix) {
        if (!has(name)) {
            add(name, "", "is required", fix);
        }
    }

    /** Whether the field is a mapping, for those that have a short form as well. */
    boolean isMapping(String name) {
        return mapping.entries().get(name) instanceof Mapping;
    }

    /** Reports every field that was not asked for. */
    void end() {
        for (Map.Entry<String, YamlNode> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                add(
                        entry.getKey(),
                        "***",
                        "is not a known field (line " + entry.getValue().line() + ")",
                        fix(entry.getKey(), known));
            }
        }
    }

    private static String fix(String name, Set<String> names) {
        return NearestName.of(name, names)
                .map(n -> "did you mean '" + n + "'?")
                .orElse("use one of " + String.join(", ", names));
    }

    private @Nullable Mapping mapping(String name) {
        YamlNode node = take(name);
        if (node == null || node instanceof Mapping) {
            return (Mapping) node;
        }
        add(name, node.described(), "must be a mapping", "write its fields as 'name: value', indented");
        return null;
    }

    private @Nullable Scalar scalar(String name, String rule, String fix) {
        YamlNode node = take(name);
        if (node == null) {
            return null;
        }
        if (node instanceof Scalar scalar && scalar.kind() != Scalar.Kind.NOTHING) {
            return scalar;
        }
        add(name, node.described(), rule, node instanceof Scalar ? "write a value or leave the field out" : fix);
        return null;
    }

    private @Nullable YamlNode take(String name) {
        known.add(name);
        return mapping.entries().get(name);
    }
}

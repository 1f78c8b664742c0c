package io.portolan.internal.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a YAML document: plain values without anchors or tags. Immutable. */
public sealed interface YamlNode {
    /**
     * Where it begins.
     *
     * @return the line, from 1
     */
    int line();

    /**
     * What it is, for a message that must not repeat its content.
     *
     * @return for example {@code a list}
     */
    String described();

    /**
     * One value.
     *
     * @param text as written, without quotes
     * @param kind what YAML takes it for
     * @param line from 1
     */
    record Scalar(String text, Kind kind, int line) implements YamlNode {
        /** What YAML takes a value for. Everything quoted is text. */
        public enum Kind {
            /** Text, and what only looks like a date. */
            TEXT,
            /** A whole number. */
            INTEGER,
            /** A number with a fraction or an exponent. */
            DECIMAL,
            /** {@code true}, {@code false} and their other spellings. */
            FLAG,
            /** Nothing at all, {@code ~} or {@code null}. */
            NOTHING
        }

        @Override
        public String described() {
            return kind == Kind.NOTHING ? "nothing" : "a single value";
        }

        /** The kind only: the text may be a secret. */
        @Override
        public String toString() {
            return kind + " in line " + line;
        }
    }

    /**
     * A list.
     *
     * @param items in their order
     * @param line from 1
     */
    record Sequence(List<YamlNode> items, int line) implements YamlNode {
        /** Copies the items. */
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    /**
     * Names with values.
     *
     * @param entries in their order
     * @param line from 1
     */
    record Mapping(Map<String, YamlNode> entries, int line) implements YamlNode {
        /** Copies the entries. */
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String described() {
            return "a mapping";
        }
    }
}

package io.portolan.internal.config;

import io.portolan.error.Violation;
import io.portolan.internal.text.YamlNode;
import io.portolan.internal.text.YamlParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One {@code portolan.yaml}, flattened to dotted names. Names keep the profile that they stand under: {@code %dev.portolan.provider}.
 *
 * @param origin what messages call it
 * @param values name to text; empty text clears what another source sets
 * @param origins name to file and line
 */
record ConfigDocument(String origin, Map<String, String> values, Map<String, String> origins) {
    /** Bytes that a document of the greatest length can have. */
    private static final int MAX_BYTES = 4 * YamlParser.MAX_CHARACTERS;

    ConfigDocument {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        origins = Map.copyOf(origins);
    }

    static ConfigDocument read(String origin, InputStream content, List<Violation> found) {
        String text;
        try {
            byte[] bytes = content.readNBytes(MAX_BYTES + 1);
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            found.add(new Violation(origin, "***", "must be text in UTF-8", "save it as UTF-8"));
            return new ConfigDocument(origin, Map.of(), Map.of());
        } catch (IOException e) {
            found.add(unreadable(origin, e));
            return new ConfigDocument(origin, Map.of(), Map.of());
        }
        return parse(origin, text, found);
    }

    static Violation unreadable(String origin, IOException e) {
        return new Violation(
                origin,
                e.getClass().getSimpleName(),
                "must be a file that can be read",
                "check that it exists and may be read");
    }

    static ConfigDocument parse(String origin, String text, List<Violation> found) {
        List<Violation> inFile = new ArrayList<>();
        YamlNode root = YamlParser.parse(text, inFile);
        Flattening flattening = new Flattening(origin, inFile);
        if (root instanceof YamlNode.Mapping mapping) {
            flattening.add("", mapping);
        } else if (root != null
                && !(root instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Scalar.Kind.NOTHING)) {
            inFile.add(new Violation(
                    "document",
                    root.described(),
                    "must be a mapping",
                    "begin with 'portolan:' and indent the settings"));
        }
        inFile.forEach(v -> found.add(new Violation(origin + " " + v.path(), v.value(), v.rule(), v.fix())));
        return new ConfigDocument(origin, flattening.values, flattening.origins);
    }

    private static final class Flattening {
        private final String origin;
        private final List<Violation> found;
        private final Map<String, String> values = new LinkedHashMap<>();
        private final Map<String, String> origins = new LinkedHashMap<>();

        Flattening(String origin, List<Violation> found) {
            this.origin = origin;
            this.found = found;
        }

        void add(String path, YamlNode.Mapping mapping) {
            mapping.entries().forEach((name, value) -> {
                String at = path.isEmpty() ? name : path + "." + name;
                if (value instanceof YamlNode.Mapping inner) {
                    add(at, inner);
                } else if (value instanceof YamlNode.Scalar scalar) {
                    add(at, scalar);
                } else {
                    found.add(new Violation(
                            at,
                            value.described(),
                            "must be a single value (line " + value.line() + ")",
                            "write one value; separate several with commas"));
                }
            });
        }

        private void add(String name, YamlNode.Scalar scalar) {
            String text = scalar.kind() == YamlNode.Scalar.Kind.NOTHING ? "" : scalar.text();
            if (values.putIfAbsent(name, text) != null) {
                found.add(new Violation(
                        name,
                        "***",
                        "must stand once; it is set in line " + scalar.line() + " as well",
                        "remove one of the two"));
            }
            origins.putIfAbsent(name, origin + " line " + scalar.line());
        }
    }
}

package io.portolan.internal.text;

import io.portolan.error.Violation;
import io.portolan.internal.text.YamlNode.Scalar.Kind;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads one YAML document from text that nobody vouches for. Nothing is instantiated: the document is composed into nodes and copied into
 * {@link YamlNode}s. Refused are more than {@value #MAX_CHARACTERS} characters, more than {@value #MAX_DEPTH} levels, aliases (a few
 * hundred bytes of them unfold to gigabytes), tags, merge keys, and a name that stands twice in one mapping.
 */
public final class YamlParser {
    /** Longest document, in characters. */
    public static final int MAX_CHARACTERS = 1_048_576;

    /** Most levels of nesting. */
    public static final int MAX_DEPTH = 20;

    private static final Map<Tag, Kind> KINDS = Map.of(
            Tag.STR, Kind.TEXT,
            Tag.INT, Kind.INTEGER,
            Tag.FLOAT, Kind.DECIMAL,
            Tag.BOOL, Kind.FLAG,
            Tag.NULL, Kind.NOTHING,
            Tag.TIMESTAMP, Kind.TEXT);

    private final List<Violation> found;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlParser(List<Violation> found) {
        this.found = found;
    }

    /**
     * Reads a document.
     *
     * @param text the document
     * @param found takes what is wrong with it; values are not repeated, as they may be secrets
     * @return the document; null if it is empty or cannot be read at all
     */
    public static @Nullable YamlNode parse(String text, List<Violation> found) {
        if (text.length() > MAX_CHARACTERS) {
            found.add(beyondLimits(text));
            return null;
        }
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MAX_CHARACTERS);
        limits.setNestingDepthLimit(MAX_DEPTH);
        limits.setMaxAliasesForCollections(0);
        try {
            Node root = new Yaml(limits).compose(new StringReader(text));
            return root == null ? null : new YamlParser(found).copy("", root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            found.add(new Violation("line " + line, "***", "must be YAML: " + problem(e), "mend this line"));
        } catch (YAMLException e) {
            found.add(beyondLimits(text));
        }
        return null;
    }

    private static Violation beyondLimits(String text) {
        return new Violation(
                "document",
                text.length() + " characters",
                "must be YAML of at most " + MAX_CHARACTERS + " printable characters, " + MAX_DEPTH
                        + " levels and no aliases",
                "write it plainly");
    }

    /** The message of the exception quotes the document, which may hold a secret; so do some problems, such as an unknown alias. */
    private static String problem(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        return problem.matches(".*(alias|anchor|tag|directive).*")
                ? "values that begin with * & ! or % stand in quotes"
                : problem;
    }

    private @Nullable YamlNode copy(String path, Node node) {
        int line = node.getStartMark().getLine() + 1;
        if (!seen.add(node)) {
            refuse(path, line, "must not use an alias (*name)", "write the value out");
            return null;
        }
        if (node instanceof ScalarNode scalar) {
            Kind kind = KINDS.get(node.getTag());
            if (kind == null) {
                refuse(path, line, "must not have the tag " + node.getTag().getValue(), "remove the tag");
                return null;
            }
            return new YamlNode.Scalar(scalar.getValue(), kind, line);
        }
        if (node instanceof SequenceNode sequence && node.getTag().equals(Tag.SEQ)) {
            List<YamlNode> items = new ArrayList<>();
            for (int i = 0; i < sequence.getValue().size(); i++) {
                YamlNode item = copy(path + "[" + i + "]", sequence.getValue().get(i));
                if (item != null) {
                    items.add(item);
                }
            }
            return new YamlNode.Sequence(items, line);
        }
        if (node instanceof MappingNode mapping && node.getTag().equals(Tag.MAP)) {
            return new YamlNode.Mapping(entries(path, mapping), line);
        }
        refuse(path, line, "must not have the tag " + node.getTag().getValue(), "remove the tag");
        return null;
    }

    private Map<String, YamlNode> entries(String path, MappingNode mapping) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            int line = key.getStartMark().getLine() + 1;
            if (!(key instanceof ScalarNode scalar) || !seen.add(key) || !KINDS.containsKey(key.getTag())) {
                refuse(path, line, "must have plain names", "write 'name: value' without <<, *, ? and tags");
                continue;
            }
            String name = scalar.getValue();
            String at = path.isEmpty() ? name : path + "." + name;
            Integer before = lines.putIfAbsent(name, line);
            if (before != null) {
                refuse(at, line, "must stand once; it stands in line " + before + " as well", "remove one of the two");
                continue;
            }
            YamlNode value = copy(at, tuple.getValueNode());
            if (value != null) {
                entries.put(name, value);
            }
        }
        return entries;
    }

    private void refuse(String path, int line, String rule, String fix) {
        found.add(new Violation(path.isEmpty() ? "document" : path, "***", rule + " (line " + line + ")", fix));
    }
}

package io.portolan.local.internal.image;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The rules of a {@code .dockerignore}: which files of a build context are not sent. The last rule that matches a file or a directory above
 * it decides. Immutable.
 *
 * <p>Source: github.com/moby/patternmatcher, patternmatcher.go and ignorefile/ignorefile.go (2026-11).
 */
final class DockerIgnore {
    /** Sends everything. */
    static final DockerIgnore NONE = new DockerIgnore(List.of());

    private final List<Rule> rules;

    private DockerIgnore(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * One line.
     *
     * @param pattern matches whole paths
     * @param text the cleaned pattern, without the exclamation mark
     * @param keeps whether it takes files back in
     */
    private record Rule(Pattern pattern, String text, boolean keeps) {
        boolean matches(String path) {
            return pattern.matcher(path).matches();
        }
    }

    static DockerIgnore parse(String file) {
        List<Rule> rules = new ArrayList<>();
        for (String line : file.lines().toList()) {
            String text = rules.isEmpty() && line.startsWith("\uFEFF") ? line.substring(1) : line;
            if (text.startsWith("#")) {
                continue;
            }
            text = text.strip();
            boolean keeps = text.startsWith("!");
            String pattern = clean((keeps ? text.substring(1) : text).strip());
            if (!pattern.isEmpty() && !pattern.equals(".")) {
                rules.add(new Rule(compiled(pattern), pattern, keeps));
            }
        }
        return new DockerIgnore(rules);
    }

    private static Pattern compiled(String pattern) {
        try {
            return Pattern.compile(regex(pattern));
        } catch (PatternSyntaxException e) {
            throw PortolanException.builder(
                            ErrorCode.INVALID_ARGUMENT,
                            ".dockerignore has the line '" + pattern + "', which is no pattern: " + e.getDescription()
                                    + "; mend or remove it")
                    .provider("local")
                    .cause(e)
                    .build();
        }
    }

    /** As Go's path.Clean, and without a leading slash. */
    private static String clean(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")
                    && !parts.isEmpty()
                    && !parts.get(parts.size() - 1).equals("..")) {
                parts.remove(parts.size() - 1);
            } else if (!part.equals("..") || !text.startsWith("/")) {
                parts.add(part);
            }
        }
        return text.isEmpty() ? "" : parts.isEmpty() ? "." : String.join("/", parts);
    }

    static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '*') {
                i++;
                if (i + 1 < pattern.length() && pattern.charAt(i + 1) == '/') {
                    i++;
                }
                regex.append(i + 1 == pattern.length() ? ".*" : "(.*/)?");
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '\\' && i + 1 < pattern.length()) {
                i++;
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
            } else if (c == '[' && pattern.indexOf(']', i) > i) {
                int end = pattern.indexOf(']', i);
                regex.append(pattern, i, end + 1);
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /**
     * Whether a file or directory is left out.
     *
     * @param path relative to the context, with {@code /}
     */
    boolean excludes(String path) {
        boolean excluded = false;
        for (Rule rule : rules) {
            // A rule can only change what the rules before it said.
            if (rule.keeps() == excluded && matchesWithin(rule, path)) {
                excluded = !rule.keeps();
            }
        }
        return excluded;
    }

    private static boolean matchesWithin(Rule rule, String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (rule.matches(path.substring(0, slash))) {
                return true;
            }
        }
        return rule.matches(path);
    }

    /**
     * Whether something below a directory that is left out may be taken back in, so that it has to be looked at.
     *
     * @param directory relative to the context, with {@code /}
     */
    boolean mayKeepBelow(String directory) {
        for (Rule rule : rules) {
            if (rule.keeps()) {
                String text = rule.text();
                int wild = wildcard(text);
                String fixed = wild < 0 ? text : text.substring(0, wild);
                if (fixed.startsWith(directory + "/") || (wild >= 0 && (directory + "/").startsWith(fixed))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int wildcard(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[\\".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}

package io.portolan.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java block of a Markdown text and the region of a source that it must equal. The line before the block names the region: {@code <!--
 * snippet: path/of/Source.java#tag -->}.
 *
 * @param source path from the root, empty without a marker
 * @param tag the region's name, empty without a marker
 * @param code the block
 */
record Snippet(String source, String tag, String code) {

    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- snippet: (\\S+)#(\\S+) -->\\n)?```java\\n(.*?)```\\n", Pattern.DOTALL);

    static List<Snippet> of(String markdown) {
        List<Snippet> snippets = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(markdown);
        while (matcher.find()) {
            String source = matcher.group(1) == null ? "" : matcher.group(1);
            String tag = matcher.group(2) == null ? "" : matcher.group(2);
            snippets.add(new Snippet(source, tag, matcher.group(3)));
        }
        return snippets;
    }

    /** The lines between {@code // tag::NAME[]} and {@code // end::NAME[]}, moved to the left. */
    static String region(Path source, String tag) {
        List<String> lines = lines(source);
        int begin = indexOf(lines, "// tag::" + tag + "[]");
        int end = indexOf(lines, "// end::" + tag + "[]");
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(source + " has no region '" + tag + "'");
        }
        return String.join("\n", lines.subList(begin + 1, end)).stripIndent() + "\n";
    }

    private static int indexOf(List<String> lines, String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(text)) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> lines(Path source) {
        try {
            return Files.readAllLines(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

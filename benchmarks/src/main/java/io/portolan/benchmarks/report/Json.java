package io.portolan.benchmarks.report;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for programs. */
public final class Json {
    private Json() {}

    /**
     * Writes the report as a JSON object with {@code machine} and {@code lines}.
     *
     * @param report what was measured
     * @return the document, ending with a line break
     */
    public static String of(Report report) {
        String machine = report.machine().entrySet().stream()
                .map(Json::member)
                .collect(Collectors.joining(", ", "  \"machine\": {", "}"));
        String lines = report.lines().stream().map(Json::line).collect(Collectors.joining(",\n", "[\n", "\n  ]"));
        return "{\n" + machine + ",\n  \"lines\": " + lines + "\n}\n";
    }

    private static String line(Line line) {
        return String.format(
                Locale.ROOT,
                "    {\"section\": %s, \"name\": %s, \"value\": %.4f, \"spread\": %s, \"target\": %s, \"verdict\": %s}",
                quoted(line.section()),
                quoted(line.name()),
                line.value(),
                quoted(line.spread()),
                line.target() == null ? "null" : String.format(Locale.ROOT, "%.4f", line.target()),
                quoted(line.verdict().name()));
    }

    private static String member(Map.Entry<String, String> entry) {
        return quoted(entry.getKey()) + ": " + quoted(entry.getValue());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}

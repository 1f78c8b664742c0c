package io.portolan.benchmarks.report;

import java.util.Locale;

/** The report for people. */
public final class TextTable {
    private static final String LAYOUT = "  %-58s %10s  %-24s %8s  %s%n";

    private TextTable() {}

    /**
     * Writes the report as a table.
     *
     * @param report what was measured
     * @return lines of at most 115 characters
     */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        report.machine().forEach((name, value) -> text.append(String.format("%-10s %s%n", name, value)));
        String section = "";
        for (Line line : report.lines()) {
            if (!line.section().equals(section)) {
                section = line.section();
                text.append(String.format("%n%s%n", section))
                        .append(String.format(LAYOUT, "", "value", "spread", "target", ""));
            }
            text.append(String.format(
                    LAYOUT,
                    line.name(),
                    number(line.value()),
                    line.spread(),
                    line.target() == null ? "" : "<= " + number(line.target()),
                    line.verdict()));
        }
        return text.toString();
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) >= 10) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%.1f", value);
    }
}

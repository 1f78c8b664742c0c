package io.portolan.examples.weather;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The second job: adds up the parts, checks that nothing is missing, and writes the result into the shared directory. */
final class Merge {

    private final SharedDirectory directory;
    private final PrintStream out;

    Merge(Path directory, PrintStream out) {
        this.directory = new SharedDirectory(directory);
        this.out = out;
    }

    /** Merges. Returns the exit code. */
    int run() {
        List<List<String>> parts = directory.readParts();
        List<MonthSums> sums = MonthSums.merge(parts.stream().flatMap(p -> Partition.read(p).stream()));
        int days = sums.stream().mapToInt(MonthSums::days).sum();
        int rows = WeatherData.rows().size();
        if (days != rows) {
            throw new IllegalStateException("the parts hold " + days + " days but the data has " + rows);
        }
        List<String> lines = new ArrayList<>(List.of(MonthReport.HEADER));
        sums.forEach(s -> lines.add(s.report().toCsv()));
        out.printf(
                "merged %d parts, %d days, into %s%n",
                parts.size(), days, directory.writeResult(lines).getFileName());
        return 0;
    }
}

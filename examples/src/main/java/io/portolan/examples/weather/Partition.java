package io.portolan.examples.weather;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One task of the first job: aggregates its part of the observations and writes the sums into the shared directory. */
final class Partition {

    /** The exit code of a task that is told to fail: "temporary failure" in the words of sysexits. */
    static final int TEMPORARY_FAILURE = 75;

    private static final String ROWS = "rows,";

    private final SharedDirectory directory;
    private final PrintStream out;

    Partition(Path directory, PrintStream out) {
        this.directory = new SharedDirectory(directory);
        this.out = out;
    }

    /**
     * Does the work of one task.
     *
     * @param task which
     * @param failFirst the task whose first attempt fails before its part is written, -1 for none
     * @return exit code
     */
    int run(TaskPlace task, int failFirst) {
        List<String> rows = task.partOf(WeatherData.rows());
        out.printf("task %d of %d, attempt %d: %d rows%n", task.index(), task.count(), task.attempt(), rows.size());
        List<MonthSums> sums =
                MonthSums.of(rows.stream().map(Observation::parse).toList());
        sums.forEach(s -> out.printf("%s, month %d: %d days%n", s.city(), s.month(), s.days()));
        if (task.index() == failFirst && task.attempt() == 0) {
            out.println("failing on purpose, before the part is written");
            return TEMPORARY_FAILURE;
        }
        List<String> lines = new ArrayList<>(List.of(ROWS + rows.size()));
        sums.forEach(s -> lines.add(s.toCsv()));
        out.println("wrote " + directory.writePart(task, lines).getFileName());
        return 0;
    }

    /** The sums of a part that {@link #run} wrote; fails if the part does not hold as many days as it says. */
    static List<MonthSums> read(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).startsWith(ROWS)) {
            throw new IllegalStateException("a part does not start with '" + ROWS + "'");
        }
        int rows = Integer.parseInt(lines.get(0).substring(ROWS.length()));
        List<MonthSums> sums = lines.stream().skip(1).map(MonthSums::parse).toList();
        int days = sums.stream().mapToInt(MonthSums::days).sum();
        if (days != rows) {
            throw new IllegalStateException("a part says that it has " + rows + " rows but has " + days);
        }
        return sums;
    }
}

package io.portolan.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All lines of one run, and where it ran. Not thread-safe. */
public final class Report {
    private final Map<String, String> machine = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();

    /**
     * Says something about where it ran.
     *
     * @param name for example {@code engine}
     * @param value for example {@code 20.10.24}
     */
    public void machine(String name, String value) {
        machine.put(name, value);
    }

    /**
     * Adds a line.
     *
     * @param line what was measured
     */
    public void add(Line line) {
        lines.add(line);
    }

    /**
     * Where it ran.
     *
     * @return names and values, in their order
     */
    public Map<String, String> machine() {
        return new LinkedHashMap<>(machine);
    }

    /**
     * What was measured.
     *
     * @return in the order of measuring
     */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /**
     * The lines whose target was missed.
     *
     * @return empty if all is well
     */
    public List<Line> missed() {
        return lines.stream().filter(l -> l.verdict() == Verdict.MISSED).toList();
    }
}

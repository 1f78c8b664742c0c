package io.portolan.benchmarks.rounds;

import io.portolan.benchmarks.report.Line;
import io.portolan.benchmarks.report.Report;
import io.portolan.benchmarks.stats.Ratio;
import io.portolan.benchmarks.stats.Samples;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The samples of one section of the report, and the lines that are made of them. */
public final class Comparison {
    private final String section;
    private final Report report;
    private final Map<Contender, Samples> millis;

    private Comparison(String section, Report report, Map<Contender, Samples> millis) {
        this.section = section;
        this.report = report;
        this.millis = millis;
    }

    /**
     * Measures.
     *
     * @param section of the report
     * @param report where lines go
     * @param rounds how many
     * @param contenders who
     * @return what was measured
     * @throws Exception if one of them fails
     */
    public static Comparison of(String section, Report report, Rounds rounds, List<? extends Contender> contenders)
            throws Exception {
        return new Comparison(section, report, rounds.measure(contenders));
    }

    /**
     * Reports a ratio that has a target.
     *
     * @param measured above
     * @param reference below
     * @param most the target
     */
    public void target(Contender measured, Contender reference, double most) {
        Ratio ratio = ratio(measured, reference);
        report.add(line(measured, reference, ratio).target(ratio, most));
    }

    /**
     * Reports a ratio.
     *
     * @param measured above
     * @param reference below
     */
    public void compare(Contender measured, Contender reference) {
        report.add(line(measured, reference, ratio(measured, reference)));
    }

    /** Reports the times of all. */
    public void times() {
        millis.forEach((contender, samples) -> report.add(Line.millis(section, contender.name() + ", ms", samples)));
    }

    private Line line(Contender measured, Contender reference, Ratio ratio) {
        return Line.ratio(section, measured.name() + " / " + reference.name(), ratio);
    }

    private Ratio ratio(Contender measured, Contender reference) {
        return Ratio.of(samples(measured), samples(reference));
    }

    private Samples samples(Contender contender) {
        return Objects.requireNonNull(millis.get(contender), contender.name());
    }
}

package io.portolan.benchmarks.report;

import io.portolan.benchmarks.stats.Ratio;
import io.portolan.benchmarks.stats.Samples;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report.
 *
 * @param section what it belongs to
 * @param name what was measured
 * @param value the number
 * @param spread how sure it is, as text
 * @param target the most that it may be, null for none
 * @param verdict how it stands to the target
 */
public record Line(
        String section,
        String name,
        double value,
        String spread,
        @Nullable Double target,
        Verdict verdict) {

    /**
     * A ratio without a target.
     *
     * @param section what it belongs to
     * @param name what was compared
     * @param ratio the ratio
     * @return the line
     */
    public static Line ratio(String section, String name, Ratio ratio) {
        return new Line(section, name, ratio.value(), range(ratio), null, Verdict.NONE);
    }

    /**
     * A count without noise and without a target.
     *
     * @param section what it belongs to
     * @param name what was counted
     * @param value the count
     * @return the line
     */
    public static Line count(String section, String name, double value) {
        return new Line(section, name, value, "", null, Verdict.NONE);
    }

    /**
     * The time that something took, in milliseconds. Never has a target: it says more about the machine than about the program.
     *
     * @param section what it belongs to
     * @param name what took it
     * @param millis the samples
     * @return the line
     */
    public static Line millis(String section, String name, Samples millis) {
        String spread = String.format(
                Locale.ROOT, "[%.1f, %.1f] n=%d", millis.quantile(0.25), millis.quantile(0.75), millis.size());
        return new Line(section, name, millis.median(), spread, null, Verdict.NONE);
    }

    /**
     * The same ratio with a target.
     *
     * @param ratio the ratio of this line
     * @param most the target
     * @return a new line
     */
    public Line target(Ratio ratio, double most) {
        return new Line(section, name, value, spread, most, Verdict.ofRatio(ratio, most));
    }

    /**
     * The same count with a target.
     *
     * @param most the target
     * @return a new line
     */
    public Line target(double most) {
        return new Line(section, name, value, spread, most, Verdict.ofCount(value, most));
    }

    private static String range(Ratio ratio) {
        return String.format(Locale.ROOT, "[%.2f, %.2f]", ratio.low(), ratio.high());
    }
}

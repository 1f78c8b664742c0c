package io.portolan.benchmarks.report;

import io.portolan.benchmarks.stats.Ratio;

/** How a number stands to its target. */
public enum Verdict {
    /** There is no target. */
    NONE(""),
    /** The target is met. */
    MET("met"),
    /** Above the target, but by no more than chance explains. */
    NOISE("noise"),
    /** Above the target. */
    MISSED("MISSED");

    /** Above the target by more than this, chance is no excuse, however wide the range. */
    static final double TOLERANCE = 0.05;

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /**
     * Judges a ratio. It is missed if the whole range lies above the target, or the ratio lies above it by more than 0.05.
     *
     * @param ratio what was measured
     * @param most the target
     * @return the verdict
     */
    public static Verdict ofRatio(Ratio ratio, double most) {
        if (ratio.value() <= most) {
            return MET;
        }
        return ratio.low() > most || ratio.value() > most + TOLERANCE ? MISSED : NOISE;
    }

    /**
     * Judges a count, which has no noise.
     *
     * @param value what was measured
     * @param most the target
     * @return met or missed
     */
    public static Verdict ofCount(double value, double most) {
        return value <= most ? MET : MISSED;
    }

    @Override
    public String toString() {
        return text;
    }
}

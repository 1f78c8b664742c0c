package io.portolan.benchmarks.stats;

import java.util.Arrays;

/** Measurements of one thing, in the order in which they were taken. Immutable. */
public final class Samples {
    private final double[] values;

    private Samples(double[] values) {
        this.values = values;
    }

    /**
     * Samples from measurements.
     *
     * @param values one or more, all positive
     * @return the samples
     */
    public static Samples of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("samples were empty but need one measurement or more");
        }
        return new Samples(values.clone());
    }

    /**
     * How many there are.
     *
     * @return 1 or more
     */
    public int size() {
        return values.length;
    }

    /**
     * One measurement.
     *
     * @param round from 0
     * @return its value
     */
    public double at(int round) {
        return values[round];
    }

    /**
     * The middle one.
     *
     * @return the median
     */
    public double median() {
        return quantile(0.5);
    }

    /**
     * The value below which a share of all lies, interpolated between neighbours.
     *
     * @param share 0 to 1
     * @return the quantile
     */
    public double quantile(double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return quantileOfSorted(sorted, share);
    }

    static double quantileOfSorted(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}

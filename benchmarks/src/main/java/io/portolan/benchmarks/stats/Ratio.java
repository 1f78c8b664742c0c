package io.portolan.benchmarks.stats;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How two medians compare, and the range in which that ratio lies with 95 % confidence.
 *
 * @param value median of the measured over median of the reference
 * @param low lower end of the range
 * @param high upper end of the range
 */
public record Ratio(double value, double low, double high) {
    private static final int RESAMPLES = 4_000;
    private static final long SEED = 20_261_122L;

    /**
     * Compares samples of the same rounds. The range is a bootstrap over rounds: both samples of a round are drawn together, so that what
     * disturbed a whole round does not look like a difference.
     *
     * @param measured of one thing
     * @param reference of another, with as many rounds
     * @return the ratio
     */
    public static Ratio of(Samples measured, Samples reference) {
        if (measured.size() != reference.size()) {
            throw new IllegalArgumentException("samples were of " + measured.size() + " and " + reference.size()
                    + " rounds but must be of the same rounds");
        }
        int rounds = measured.size();
        // A fixed seed: the same measurements give the same range.
        SplittableRandom random = new SplittableRandom(SEED);
        double[] ratios = new double[RESAMPLES];
        double[] above = new double[rounds];
        double[] below = new double[rounds];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < rounds; j++) {
                int round = random.nextInt(rounds);
                above[j] = measured.at(round);
                below[j] = reference.at(round);
            }
            ratios[i] = median(above) / median(below);
        }
        Arrays.sort(ratios);
        return new Ratio(
                measured.median() / reference.median(),
                Samples.quantileOfSorted(ratios, 0.025),
                Samples.quantileOfSorted(ratios, 0.975));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return Samples.quantileOfSorted(values, 0.5);
    }

    /** For example {@code 1.02 [0.99, 1.05]}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", value, low, high);
    }
}

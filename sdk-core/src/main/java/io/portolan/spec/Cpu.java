package io.portolan.spec;

import java.util.regex.Pattern;

/**
 * An amount of processor time, in thousandths of a core.
 *
 * <p>How providers carry it: Docker {@code NanoCpus}; ECS cpu units (1024 a core); Cloud Run and Container Instances as given, rounded up to
 * a legal shape with a finding that names the rounding.
 *
 * @param millis thousandths of a core, 1 or more
 */
public record Cpu(int millis) implements Comparable<Cpu> {
    private static final Pattern THOUSANDTHS = Pattern.compile("[0-9]{1,9}m");
    private static final Pattern CORES = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,9})?");

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code millis < 1}
     */
    public Cpu {
        if (millis < 1) {
            throw new IllegalArgumentException(
                    "cpu was '" + millis + "m' but must be 1m or more; for example Cpu.cores(0.5)");
        }
    }

    /**
     * An amount in cores.
     *
     * @param cores for example 0.5 or 4; rounded to the nearest thousandth
     * @return the amount
     * @throws IllegalArgumentException if it rounds to less than one thousandth or is no number
     */
    public static Cpu cores(double cores) {
        if (!(cores > 0) || cores > 1_000_000) {
            throw new IllegalArgumentException(
                    "cpu was '" + cores + "' cores but must be more than 0; for example Cpu.cores(0.5)");
        }
        return new Cpu((int) Math.round(cores * 1000));
    }

    /**
     * An amount in thousandths of a core.
     *
     * @param millis 1 or more
     * @return the amount
     */
    public static Cpu millis(int millis) {
        return new Cpu(millis);
    }

    /**
     * Reads {@code 500m}, {@code 0.5} or {@code 2}, as Kubernetes writes it.
     *
     * @param text the text
     * @return the amount
     * @throws IllegalArgumentException if the text is none of these
     */
    public static Cpu parse(String text) {
        if (THOUSANDTHS.matcher(text).matches()) {
            return new Cpu(Integer.parseInt(text.substring(0, text.length() - 1)));
        }
        if (CORES.matcher(text).matches()) {
            return cores(Double.parseDouble(text));
        }
        throw new IllegalArgumentException(
                "cpu was '" + text + "' but must be cores or thousandths; for example '0.5' or '500m'");
    }

    @Override
    public int compareTo(Cpu other) {
        return Integer.compare(millis, other.millis);
    }

    /** The text that {@link #parse} reads, for example {@code 500m} or {@code 2}. */
    @Override
    public String toString() {
        return millis % 1000 == 0 ? Integer.toString(millis / 1000) : millis + "m";
    }
}

package io.portolan.spec;

/**
 * How many replicas a service has.
 *
 * @param min fewest replicas; 0 where the provider can scale to zero
 * @param max most replicas
 */
public record Scaling(int min, int max) {
    /** Most replicas that a spec can ask for. */
    public static final int MAX_REPLICAS = 1000;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException unless {@code 0 <= min <= max <= 1000} and {@code 1 <= max}
     */
    public Scaling {
        if (min < 0 || max < 1 || min > max || max > MAX_REPLICAS) {
            throw new IllegalArgumentException(
                    "scaling was '" + min + " to " + max + "' but must be 0 <= min <= max, 1 <= max <= " + MAX_REPLICAS
                            + "; for example Scaling.between(1, 4)");
        }
    }

    /**
     * Always the same number.
     *
     * @param replicas 1 or more
     * @return the scaling
     */
    public static Scaling fixed(int replicas) {
        return new Scaling(replicas, replicas);
    }

    /**
     * Between two numbers, as load asks for.
     *
     * @param min fewest
     * @param max most
     * @return the scaling
     */
    public static Scaling between(int min, int max) {
        return new Scaling(min, max);
    }

    /**
     * Whether the number never changes by itself.
     *
     * @return {@code min == max}
     */
    public boolean isFixed() {
        return min == max;
    }
}

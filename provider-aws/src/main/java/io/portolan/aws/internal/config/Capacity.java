package io.portolan.aws.internal.config;

/**
 * Where tasks run.
 *
 * @param kind the kind of machines
 * @param name {@code FARGATE}, {@code FARGATE_SPOT}, {@code EC2}, or the name of a capacity provider
 */
public record Capacity(Kind kind, String name) {
    /** The kind of machines. */
    public enum Kind {
        /** Fargate on demand; launch type. */
        FARGATE,
        /** Spare capacity of Fargate, taken back with two minutes' notice; capacity provider strategy. */
        FARGATE_SPOT,
        /** Instances that the account registered with the cluster; launch type. */
        EC2,
        /** A capacity provider of the cluster: an Auto Scaling group or Managed Instances; capacity provider strategy. */
        PROVIDER
    }

    /**
     * Reads the setting.
     *
     * @param text as the key {@code capacity} holds it
     * @return the capacity
     */
    public static Capacity of(String text) {
        return switch (text) {
            case "FARGATE" -> new Capacity(Kind.FARGATE, text);
            case "FARGATE_SPOT" -> new Capacity(Kind.FARGATE_SPOT, text);
            case "EC2" -> new Capacity(Kind.EC2, text);
            default -> new Capacity(Kind.PROVIDER, text);
        };
    }

    /**
     * Whether the task sizes and limits of Fargate hold.
     *
     * @return true for on demand and spot
     */
    public boolean isFargate() {
        return kind == Kind.FARGATE || kind == Kind.FARGATE_SPOT;
    }
}

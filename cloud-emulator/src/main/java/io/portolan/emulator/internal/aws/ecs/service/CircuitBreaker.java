package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * When a deployment has failed too often.
 *
 * @param enabled whether failures matter
 * @param rollback whether the last good revision comes back
 * @param reset whether a task that becomes healthy makes up for all failures
 * @param threshold how many failures are too many
 */
record CircuitBreaker(boolean enabled, boolean rollback, boolean reset, int threshold) {
    private static final int LEAST = 3;
    private static final int MOST = 200;

    /** The breaker of a deployment configuration; other strategies than ROLLING have none unless the service is an Express one. */
    static CircuitBreaker of(JsonNode deploymentConfiguration, int desired, boolean express) {
        JsonNode breaker = deploymentConfiguration.path("deploymentCircuitBreaker");
        boolean rolling =
                deploymentConfiguration.path("strategy").asText("ROLLING").equals("ROLLING");
        return new CircuitBreaker(
                (rolling || express) && breaker.path("enable").asBoolean(),
                breaker.path("rollback").asBoolean(),
                breaker.path("resetOnHealthyTask").asBoolean(),
                threshold(breaker.path("thresholdConfiguration"), desired));
    }

    private static int threshold(JsonNode configuration, int desired) {
        int value = configuration.path("value").asInt(50);
        int share = (desired * value + 99) / 100;
        return switch (configuration.path("type").asText("BOUNDED_PERCENT")) {
            case "COUNT" -> Math.max(1, value);
            case "UNBOUNDED_PERCENT" -> Math.max(1, share);
            default -> Math.min(MOST, Math.max(LEAST, share));
        };
    }

    boolean isTrippedBy(int failures) {
        return enabled && failures >= threshold;
    }
}

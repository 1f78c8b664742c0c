package io.portolan.emulator.internal.aws.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutStepTest {

    @ParameterizedTest
    @CsvSource({
        // desired, new live, new healthy, old live, old healthy -> start, stop new, stop old
        "2, 0, 0, 0, 0, 2, 0, 0",
        "2, 0, 0, 2, 2, 2, 0, 0",
        "2, 2, 0, 2, 2, 0, 0, 0",
        "2, 2, 1, 2, 2, 0, 0, 1",
        "2, 2, 2, 2, 2, 0, 0, 2",
        "2, 2, 2, 0, 0, 0, 0, 0",
        "1, 3, 3, 0, 0, 0, 2, 0",
        "2, 1, 0, 3, 2, 0, 0, 1",
        "0, 2, 2, 1, 1, 0, 2, 1",
    })
    void step_byDefault_startsNewTasksBesideOldOnes(
            int desired,
            int newLive,
            int newHealthy,
            int oldLive,
            int oldHealthy,
            int start,
            int stopNew,
            int stopOld) {
        var counts = counts("ROLLING", 100, 200, desired, newLive, newHealthy, oldLive, oldHealthy);

        assertThat(RolloutStep.of(counts)).isEqualTo(new RolloutStep(start, stopNew, stopOld));
    }

    @Test
    void step_withoutRoomForMore_stopsOldTasksFirstButNotTooMany() {
        var counts = counts("ROLLING", 50, 100, 4, 0, 0, 4, 4);

        assertThat(RolloutStep.of(counts)).isEqualTo(new RolloutStep(0, 0, 2));
    }

    @Test
    void step_ofBlueGreen_keepsAllOldTasksUntilAllNewOnesAreHealthy() {
        assertThat(RolloutStep.of(counts("BLUE_GREEN", 100, 200, 2, 2, 1, 2, 2)))
                .isEqualTo(new RolloutStep(0, 0, 0));
        assertThat(RolloutStep.of(counts("BLUE_GREEN", 100, 200, 2, 2, 2, 2, 2)))
                .isEqualTo(new RolloutStep(0, 0, 2));
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "6, 3", "7, 4", "400, 200", "1000, 200"})
    void circuitBreaker_byDefault_needsHalfOfTheTasksWithinBounds(int desired, int threshold) {
        assertThat(CircuitBreaker.of(breaker(), desired, false))
                .isEqualTo(new CircuitBreaker(true, true, false, threshold));
    }

    @Test
    void circuitBreaker_withAThresholdOfItsOwn_needsThat() {
        ObjectNode configuration = breaker();
        ObjectNode breaker = (ObjectNode) configuration.path("deploymentCircuitBreaker");
        breaker.putObject("thresholdConfiguration").put("type", "COUNT").put("value", 1);

        assertThat(CircuitBreaker.of(configuration, 10, false).threshold()).isOne();
    }

    @Test
    void circuitBreaker_ofBlueGreen_isForExpressServicesOnly() {
        ObjectNode configuration = breaker().put("strategy", "BLUE_GREEN");

        assertThat(CircuitBreaker.of(configuration, 1, false).isTrippedBy(3)).isFalse();
        assertThat(CircuitBreaker.of(configuration, 1, true).isTrippedBy(3)).isTrue();
    }

    private static RolloutStep.Counts counts(
            String strategy,
            int least,
            int most,
            int desired,
            int newLive,
            int newHealthy,
            int oldLive,
            int oldHealthy) {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration
                .put("strategy", strategy)
                .put("minimumHealthyPercent", least)
                .put("maximumPercent", most);
        return RolloutStep.Counts.of(desired, configuration, newLive, newHealthy, oldLive, oldHealthy);
    }

    private static ObjectNode breaker() {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration.putObject("deploymentCircuitBreaker").put("enable", true).put("rollback", true);
        return configuration;
    }
}

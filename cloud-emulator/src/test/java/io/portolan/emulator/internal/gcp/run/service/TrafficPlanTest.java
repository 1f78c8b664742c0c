package io.portolan.emulator.internal.gcp.run.service;

import static io.portolan.emulator.GcpRest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficPlanTest {
    private static final String LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";
    private static final String REVISION = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";

    private static TrafficPlan plan(String targets) {
        String text = targets.replace("LATEST", LATEST).replace("REVISION", REVISION);
        return TrafficPlan.of(json(text), name -> name.startsWith("web-"));
    }

    @Test
    void noTargets_meanAllToTheLatest() {
        assertThat(plan("[]").targets()).containsExactly(new TrafficPlan.Target("", 100, ""));
        assertThat(plan("[]").followsLatest()).isTrue();
    }

    @Test
    void canary_isSharesOfTwoRevisions() {
        TrafficPlan plan = plan(
                "[{'type':'REVISION','revision':'web-1','percent':90},{'type':'LATEST','percent':10,'tag':'next'}]");

        assertThat(plan.targets())
                .isEqualTo(List.of(new TrafficPlan.Target("web-1", 90, ""), new TrafficPlan.Target("", 10, "next")));
    }

    @Test
    void tagOfTheLatest_doesNotFollowIt() {
        assertThat(plan("[{'type':'REVISION','revision':'web-1','percent':100},{'type':'LATEST','tag':'next'}]")
                        .followsLatest())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'type':'LATEST','percent':90}] | must sum to 100, but sum to 90",
                "[{'type':'LATEST','percent':101}] | between 0 and 100",
                "[{'type':'REVISION','percent':100}] | Revision must be set",
                "[{'type':'REVISION','revision':'gone','percent':100}] | 'gone' does not exist",
                "[{'type':'LATEST','revision':'web-1','percent':100}] | must not be set",
                "[{'type':'LATEST','percent':100,'tag':'a'},{'type':'REVISION','revision':'web-1','tag':'a'}] | more than once"
            })
    void targets_thatCannotBe_areRefused(String targets, String words) {
        assertThatThrownBy(() -> plan(targets)).hasMessageContaining(words);
    }
}

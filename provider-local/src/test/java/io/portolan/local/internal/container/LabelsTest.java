package io.portolan.local.internal.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.container.Labels.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Labels")
class LabelsTest {
    private static final AttemptKey KEY = new AttemptKey(ExecutionId.of("nightly-7"), "0123abcd", 3, 1);

    @Test
    void attempt_isReadBackFromItsLabels() {
        Map<String, String> labels = Labels.attempt("shop", "nightly", KEY);

        assertThat(Labels.attempt(labels)).isEqualTo(KEY);
        assertThat(Labels.isOurs(labels, "shop")).isTrue();
        assertThat(Labels.isKind(labels, Kind.ATTEMPT)).isTrue();
        assertThat(labels).containsEntry(Labels.JOB, "nightly");
    }

    @ParameterizedTest
    @ValueSource(strings = {Labels.EXECUTION, Labels.SPEC_HASH, Labels.INDEX, Labels.ATTEMPT, Labels.KIND})
    void attempt_withALabelMissing_isNone(String missing) {
        Map<String, String> labels = Labels.attempt("shop", "nightly", KEY);
        labels.remove(missing);

        assertThat(Labels.attempt(labels)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        Labels.INDEX + ", -1",
        Labels.INDEX + ", 1e3",
        Labels.INDEX + ", 2147483648",
        Labels.ATTEMPT + ", ''",
        Labels.EXECUTION + ", ../../etc",
        Labels.KIND + ", ATTEMPT",
    })
    void attempt_withALabelThatThisSdkDidNotWrite_isNone(String label, String value) {
        Map<String, String> labels = Labels.attempt("shop", "nightly", KEY);
        labels.put(label, value);

        assertThat(Labels.attempt(labels)).isNull();
    }

    @Test
    void ours_isOnlyWhatHasEveryLabelOfThisApplication() {
        assertThat(Labels.isOurs(Labels.of("shop", Kind.NETWORK), "shop")).isTrue();
        assertThat(Labels.isOurs(Labels.of("shop-2", Kind.NETWORK), "shop")).isFalse();
        assertThat(Labels.isOurs(null, "shop")).isFalse();
        assertThat(Labels.isOurs(Map.of(), "shop")).isFalse();
        for (String label : Labels.of("shop", Kind.NETWORK).keySet()) {
            Map<String, String> labels = new HashMap<>(Labels.of("shop", Kind.NETWORK));
            labels.remove(label);
            assertThat(Labels.isOurs(labels, "shop")).as("without %s", label).isFalse();
        }
    }

    @Test
    void filter_findsAllKindsOrOne() {
        assertThat(Labels.filter("shop", null)).isEqualTo(Map.of(Labels.MANAGED, "true", Labels.APPLICATION, "shop"));
        assertThat(Labels.filter("shop", Kind.RECORD)).isEqualTo(Labels.of("shop", Kind.RECORD));
    }

    @Test
    void stopGrace_isWhatTheContainerWasMadeWith() {
        assertThat(Labels.stopGrace(Map.of(Labels.STOP_GRACE, "PT45S"))).isEqualTo(Duration.ofSeconds(45));
        assertThat(Labels.stopGrace(Map.of(Labels.STOP_GRACE, "PT0S"))).isZero();
        assertThat(Labels.stopGrace(Map.of(Labels.STOP_GRACE, "PT1H"))).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void stopGrace_thatIsMissingOrNoDuration_isThatOfASpec() {
        assertThat(Labels.stopGrace(null)).isEqualTo(Duration.ofSeconds(10));
        assertThat(Labels.stopGrace(Map.of())).isEqualTo(Duration.ofSeconds(10));
        assertThat(Labels.stopGrace(Map.of(Labels.STOP_GRACE, "soon"))).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-5S", "PT2562047788015215H", "PT25H"})
    void stopGrace_thatNoSpecCanHave_isThatOfASpec(String text) {
        assertThat(Labels.stopGrace(Map.of(Labels.STOP_GRACE, text))).isEqualTo(Duration.ofSeconds(10));
    }
}

package io.portolan.local.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The name of an attempt's container")
class AttemptNameTest {
    private static final AttemptName NAME = AttemptName.owned("portolan-shop_nightly-7_0_0");

    private static AttemptName parsed(String text) {
        return Objects.requireNonNull(AttemptName.parse(text), text);
    }

    @Test
    void name_withANewOwner_hasNoMark() {
        assertThat(NAME.toString()).matches("portolan-shop_nightly-7_0_0\\.[a-z0-9]{10}");
        assertThat(NAME.mark()).isNull();
        assertThat(NAME.stopReason()).isNull();
        assertThat(NAME.refusal()).isNull();
    }

    @Test
    void newOwner_takesTheNameAwayFromTheOneBefore() {
        AttemptName taken = NAME.newOwner();

        assertThat(taken.identity()).isEqualTo(NAME.identity());
        assertThat(taken.owner()).isNotEqualTo(NAME.owner());
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void stopReason_isReadBackFromTheName(StopReason reason) {
        AttemptName read = parsed("/" + NAME.stopped(reason));

        assertThat(read.stopReason()).isEqualTo(reason);
        assertThat(read.refusal()).isNull();
        assertThat(read.unmarked()).isEqualTo(NAME);
    }

    @ParameterizedTest
    @EnumSource(FailureCause.class)
    void refusal_isReadBackFromTheName(FailureCause cause) {
        AttemptName read = parsed(NAME.refused(cause).toString());

        assertThat(read.refusal()).isEqualTo(cause);
        assertThat(read.stopReason())
                .as("a refusal is no stop, even with a cause of that name")
                .isNull();
    }

    @Test
    void refusal_withACauseOfALaterVersion_isUnknown() {
        assertThat(parsed(NAME + ".refused-solar_flare").refusal()).isEqualTo(FailureCause.UNKNOWN);
    }

    @Test
    void mark_ofALaterVersion_isKeptAndMeansNothing() {
        AttemptName read = parsed(NAME + ".withdrawn");

        assertThat(read.mark()).isEqualTo("withdrawn");
        assertThat(read.stopReason()).isNull();
        assertThat(read.refusal()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "portolan-shop_nightly-7_0_0",
                "portolan-shop_nightly-7_0_0.short",
                "portolan-shop_nightly-7_0_0.ABCDEFGHIJ",
                "portolan-shop_nightly-7_0_0.abcdefghij.",
                "portolan-shop_nightly-7_0_0.abcdefghij.timeout.again",
                ".abcdefghij",
            })
    void name_ofAnotherShape_isNoneOfOurs(String text) {
        assertThat(AttemptName.parse(text)).isNull();
    }
}

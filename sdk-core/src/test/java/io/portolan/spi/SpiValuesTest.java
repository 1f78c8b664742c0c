package io.portolan.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import io.portolan.spec.JobSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpiValuesTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "45s, PT45S",
        "30m, PT30M",
        "2h, PT2H",
        "7d, PT168H",
        "PT30M, PT30M",
        "pt1.5s, PT1.5S",
        "0s, PT0S"
    })
    void duration_text_isRead(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "m", "1.5s", "-1s", "1 s", "1w", "P", "1234567890123s", "P99999999999999999999D"})
    void duration_otherText_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("duration was '" + text + "' but must be like 'PT30M', '30m', '45s' or '250ms'");
    }

    @Test
    void launch_environment_holdsTheContractOverTheUsersVariables() {
        JobSpec spec = JobSpec.builder("nightly")
                .image("b")
                .env("B", "2")
                .env("A", "1")
                .tasks(5)
                .build();
        AttemptLaunch launch = new AttemptLaunch(new AttemptKey(ExecutionId.of("e"), "0a", 3, 1), spec);

        assertThat(launch.environment())
                .containsExactly(
                        Map.entry("B", "2"),
                        Map.entry("A", "1"),
                        Map.entry("CLOUD_RUN_JOB", "nightly"),
                        Map.entry("CLOUD_RUN_EXECUTION", "e"),
                        Map.entry("CLOUD_RUN_TASK_INDEX", "3"),
                        Map.entry("CLOUD_RUN_TASK_COUNT", "5"),
                        Map.entry("CLOUD_RUN_TASK_ATTEMPT", "1"));
    }

    @Test
    void page_hasOnePositionForEachLine() {
        LogLine line = new LogLine(LogSource.attempt(0, 0), Instant.EPOCH, LogLine.Stream.STDOUT, "x");

        LogPage page = new LogPage(List.of(line, line), List.of("1", "2"), false, false);
        assertThat(page.lastPosition("0")).isEqualTo("2");
        assertThat(new LogPage(List.of(), List.of(), false, true).lastPosition("0"))
                .isEqualTo("0");
        assertThat(new LogPage(List.of(), List.of(), false, true).lastPosition(null))
                .isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogPage(List.of(line), List.of(), false, false))
                .withMessage("1 lines have 0 positions; give one for each");
    }

    @Test
    void config_ofAKeyThatIsNotDeclared_isRefused() {
        ProviderConfig config = new ProviderConfig(
                "acme",
                List.of(
                        ConfigKey.optional("region", ConfigKey.Type.TEXT, "Where."),
                        ConfigKey.optional("limit", ConfigKey.Type.NUMBER, "How many.")),
                Map.of("volumes.a", "x"));

        assertThat(config.application()).isEqualTo("acme");
        assertThat(config.text("region")).isEmpty();
        assertThat(config.flag("region")).isFalse();
        assertThatNullPointerException()
                .isThrownBy(() -> config.number("limit"))
                .withMessage("limit");
        assertThat(config.under("volumes")).containsExactly(Map.entry("a", "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.text("regoin"))
                .withMessage("config key 'regoin' is not declared by the provider; add it to configKeys()");
    }

    @Test
    void key_withoutDefault_hasNoDefaultText() {
        assertThat(ConfigKey.optional("a", ConfigKey.Type.FLAG, "x").defaultText())
                .isEmpty();
        assertThat(ConfigKey.withDefault("a", ConfigKey.Type.FLAG, "true", "x").defaultText())
                .contains("true");
    }
}

package io.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.ProviderConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {
    @Test
    void defaults_ofRecordAndOfKeys_areTheSame() {
        ProviderConfig keys = new ProviderConfig("engine", EngineSettings.KEYS, Map.of());

        assertThat(new EngineSettings(
                        keys.duration("poll-interval"),
                        keys.duration("max-poll-interval"),
                        keys.duration("log-interval"),
                        keys.duration("gone-grace"),
                        keys.number("max-call-attempts"),
                        keys.duration("call-backoff")))
                .isEqualTo(EngineSettings.DEFAULT);
        assertThat(EngineSettings.KEYS)
                .extracting(ConfigKey::name)
                .doesNotHaveDuplicates()
                .hasSize(6);
    }

    @Test
    void settings_outOfRange_areAllReported() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> new EngineSettings(
                        Duration.ZERO,
                        Duration.ofDays(1),
                        Duration.ofDays(1),
                        Duration.ofSeconds(-1),
                        11,
                        Duration.ofMinutes(2)))
                .satisfies(e -> assertThat(e.violations())
                        .extracting(Violation::path)
                        .containsExactly(
                                "portolan.engine.poll-interval",
                                "portolan.engine.log-interval",
                                "portolan.engine.gone-grace",
                                "portolan.engine.max-call-attempts",
                                "portolan.engine.call-backoff"))
                .withMessageContaining("portolan.engine.poll-interval was 'PT0S' but must be PT0.001S to PT10M;");
    }

    @Test
    void maxPollInterval_shorterThanPollInterval_isRefused() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> EngineSettings.DEFAULT.pollInterval(Duration.ofSeconds(5), Duration.ofSeconds(4)))
                .withMessageContaining("portolan.engine.max-poll-interval was 'PT4S' but must be PT5S to PT1H");
    }

    @Test
    void copies_changeOneSettingOnly() {
        Duration second = Duration.ofSeconds(2);
        EngineSettings d = EngineSettings.DEFAULT;

        assertThat(List.of(
                        d.pollInterval(second, second),
                        d.logInterval(second),
                        d.goneGrace(second),
                        d.callRetries(2, second)))
                .containsExactly(
                        new EngineSettings(second, second, d.logInterval(), d.goneGrace(), 4, d.callBackoff()),
                        new EngineSettings(
                                d.pollInterval(), d.maxPollInterval(), second, d.goneGrace(), 4, d.callBackoff()),
                        new EngineSettings(
                                d.pollInterval(), d.maxPollInterval(), d.logInterval(), second, 4, d.callBackoff()),
                        new EngineSettings(
                                d.pollInterval(), d.maxPollInterval(), d.logInterval(), d.goneGrace(), 2, second));
    }
}

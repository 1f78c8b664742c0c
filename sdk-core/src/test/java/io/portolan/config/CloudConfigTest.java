package io.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.id.ProviderId;
import io.portolan.internal.config.ConfigInputs;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.ProviderConfig;
import io.portolan.testing.StubProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Configuration by code alone. What is read from elsewhere: {@link ConfigSourcesTest}, {@link ConfigProblemsTest}. */
class CloudConfigTest {
    private final StubProvider local = new StubProvider.Local();

    @Test
    void builder_nothingSet_hasDefaults() {
        CloudConfig config = CloudConfig.builder("local").build();

        assertThat(config.provider()).isEqualTo(ProviderId.LOCAL);
        assertThat(config.application()).isEqualTo("default");
        assertThat(config.engine()).isEqualTo(EngineSettings.DEFAULT);
        ProviderConfig section = config.section(local);
        assertThat(section.application()).isEqualTo("default");
        assertThat(section.text("registry")).contains("127.0.0.1:5000");
        assertThat(section.text("docker-host")).isEmpty();
        assertThat(section.number("pids")).isEqualTo(512);
        assertThat(section.flag("verify-tls")).isTrue();
        assertThat(section.duration("pull-timeout")).isEqualTo(Duration.ofMinutes(5));
        assertThat(section.under("volumes")).isEmpty();
    }

    @Test
    void builder_everythingSet_isKept() {
        EngineSettings engine = EngineSettings.DEFAULT.goneGrace(Duration.ZERO);
        CloudConfig config = CloudConfig.builder(ProviderId.LOCAL)
                .application("acme-reports")
                .engine(engine)
                .set("pids", " 7 ")
                .set("verify-tls", "FALSE")
                .set("volumes.data", "/srv/data")
                .set("registry", "")
                .build();

        assertThat(config.application()).isEqualTo("acme-reports");
        assertThat(config.engine()).isEqualTo(engine);
        ProviderConfig section = config.section(local);
        assertThat(section.number("pids")).isEqualTo(7);
        assertThat(section.flag("verify-tls")).isFalse();
        assertThat(section.under("volumes")).isEqualTo(Map.of("data", "/srv/data"));
        assertThat(section.text("registry")).contains("127.0.0.1:5000");
    }

    @Test
    void section_wrongSettings_areAllReported() {
        CloudConfig config = CloudConfig.builder("local")
                .set("pids", "many")
                .set("verify-tls", "yes")
                .set("pull-timeout", "soon")
                .set("regstry", "hunter2")
                .set("volume.data", "/srv")
                .build();

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> config.section(local))
                .satisfies(e -> assertThat(e.violations())
                        .extracting(Violation::toString)
                        .containsExactlyInAnyOrder(
                                "portolan.local.pids was 'many' but must be a whole number; write for example '512'",
                                "portolan.local.verify-tls was 'yes' but must be true or false; write true or false",
                                "portolan.local.pull-timeout was 'soon' but must be a duration;"
                                        + " write for example '5m', '250ms', '5m' or 'PT5M'",
                                "portolan.local.regstry was '***' but is not a known key (set in code);"
                                        + " did you mean 'portolan.local.registry'?",
                                "portolan.local.volume.data was '***' but is not a known key (set in code);"
                                        + " did you mean 'portolan.local.volumes.data'?"));
    }

    @Test
    void section_ofAnotherProvider_doesNotTakeItsSettings() {
        CloudConfig config = CloudConfig.builder("local").set("pids", "7").build();

        assertThat(config.section(new StubProvider.Harbour()).number("pids")).isEqualTo(512);
    }

    @Test
    void section_nameFarFromAnyKey_listsTheKeys() {
        StubProvider bare = new StubProvider(
                "bare", List.of(ConfigKey.optional("region", ConfigKey.Type.TEXT, "Where things run.")));
        CloudConfig config = CloudConfig.builder("bare").set("colour", "red").build();

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> config.section(bare))
                .withMessageEndingWith("remove it or use one of region");
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> config.section(new StubProvider("bare", List.of())))
                .withMessageEndingWith("remove it; no key exists here");
    }

    @Test
    void builder_illegalNames_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CloudConfig.builder("Local"));
        for (String application : List.of("", "Acme", "9a", "a-", "a".repeat(32), "a_b")) {
            assertThatExceptionOfType(InvalidSpecException.class)
                    .isThrownBy(() -> CloudConfig.builder("local")
                            .application(application)
                            .build())
                    .withMessageContaining("portolan.application was '" + application + "' but must be 1 to 31");
        }
        assertThat(CloudConfig.builder("local")
                        .application("a".repeat(31))
                        .build()
                        .application())
                .hasSize(31);
    }

    @Test
    void toBuilder_ofLoadedConfig_setsOverWhatWasRead() {
        ConfigInputs inputs = new ConfigInputs(
                Map.of(),
                Map.of(
                        "portolan.provider", "local",
                        "portolan.application", "acme",
                        "portolan.local.pids", "9",
                        "portolan.local.docker-host", "tcp://127.0.0.1:1"),
                Path.of("no-such-directory"),
                null);
        CloudConfig config = CloudConfig.load(inputs, null).toBuilder()
                .set("pids", "10")
                .application("other")
                .build();

        assertThat(config.toBuilder().build().application()).isEqualTo("other");
        ProviderConfig section = config.toBuilder().build().section(local);
        assertThat(section.number("pids")).isEqualTo(10);
        assertThat(section.text("docker-host")).contains("tcp://127.0.0.1:1");
    }

    @Test
    void toBuilder_setOverBrokenValue_mendsIt() {
        ConfigInputs inputs = new ConfigInputs(
                Map.of(),
                Map.of("portolan.provider", "local", "portolan.local.pids", "many"),
                Path.of("no-such-directory"),
                null);

        CloudConfig config =
                CloudConfig.load(inputs, null).toBuilder().set("pids", "10").build();

        assertThat(config.section(local).number("pids")).isEqualTo(10);
    }

    @Test
    void text_ofConfig_showsNoSetting() {
        CloudConfig config =
                CloudConfig.builder("local").set("registry-password", "hunter2").build();

        assertThat(config).hasToString("CloudConfig[provider=local, application=default]");
        assertThat(config.section(local).toString())
                .isEqualTo("ProviderConfig[application=default, set=[registry-password]]");
    }
}

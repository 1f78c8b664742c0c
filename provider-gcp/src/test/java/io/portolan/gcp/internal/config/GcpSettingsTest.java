package io.portolan.gcp.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.Violation;
import io.portolan.gcp.GcpOptions;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ProviderOptions;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.ProviderConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcpSettingsTest {
    private static ProviderConfig config(String... keysAndValues) {
        Map<String, String> values = new HashMap<>(Map.of("project", "acme-shop", "region", "europe-west1"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new ProviderConfig("app", GcpKeys.ALL, values);
    }

    private static GcpSettings settings(ProviderConfig config, ProviderOptions options) {
        return GcpSettings.of(
                config, JobSpec.builder("etl").image("etl:1").options(options).build());
    }

    private static GcpSettings settings(String... keysAndValues) {
        return GcpSettings.of(config(keysAndValues));
    }

    @Test
    void text_option_coversTheKey() {
        ProviderConfig config = config("service-account", "key@p", "network", "shop");

        GcpSettings settings = settings(config, GcpOptions.NONE.serviceAccount("option@p"));

        assertThat(settings.text(GcpKeys.SERVICE_ACCOUNT)).contains("option@p");
        assertThat(settings.text(GcpKeys.NETWORK)).contains("shop");
        assertThat(GcpSettings.of(config).text(GcpKeys.SERVICE_ACCOUNT)).contains("key@p");
    }

    @Test
    void flagAndList_options_coverTheirKeys() {
        GcpSettings settings = settings(
                config("network-tags", "a"),
                GcpOptions.NONE.networkTags("b", " c ").gpuZonalRedundancy(true));

        assertThat(settings.list(GcpKeys.NETWORK_TAGS)).containsExactly("b", "c");
        assertThat(settings.flag(GcpKeys.GPU_REDUNDANCY)).isTrue();
        assertThat(settings().flag(GcpKeys.GPU_REDUNDANCY)).isFalse();
        assertThat(settings().list(GcpKeys.NETWORK_TAGS)).isEmpty();
    }

    @Test
    void place_isOfProjectAndRegion() {
        assertThat(settings().location()).isEqualTo("projects/acme-shop/locations/europe-west1");
        assertThat(settings().repository()).isEqualTo("app");
        assertThat(settings().registry()).isEqualTo("europe-west1-docker.pkg.dev");
        assertThat(settings().hasOtherRegistry()).isFalse();
        assertThat(GcpSettings.of(new ProviderConfig("app", GcpKeys.ALL, Map.of()))
                        .location())
                .isEqualTo("projects/PROJECT/locations/REGION");
    }

    @Test
    void registry_other_isAHostWithOrWithoutTls() {
        GcpSettings plain = settings("registry", "http://127.0.0.1:5000/");

        assertThat(plain.registry()).isEqualTo("127.0.0.1:5000");
        assertThat(plain.registryIsPlain()).isTrue();
        assertThat(settings("registry", "registry.example.com").registryIsPlain())
                .isFalse();
        assertThat(settings("registry", "registry.example.com").hasOtherRegistry())
                .isTrue();
    }

    @Test
    void endpoint_ofOneService_coversThatOfAll() {
        GcpSettings settings = settings("endpoint", "http://127.0.0.1:1/", "endpoints.logging", "http://127.0.0.1:2");

        assertThat(settings.endpoint("run")).contains("http://127.0.0.1:1");
        assertThat(settings.endpoint("logging")).contains("http://127.0.0.1:2");
        assertThat(settings().endpoint("run")).isEmpty();
    }

    @Test
    void violations_nothingSet_areProjectAndRegionAtOnce() {
        GcpSettings empty = GcpSettings.of(new ProviderConfig("app", GcpKeys.ALL, Map.of()));

        assertThat(empty.violations())
                .extracting(Violation::path)
                .containsExactly("portolan.gcp.project", "portolan.gcp.region");
        assertThat(settings().violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "project, Acme Shop",
        "project, acme_shop",
        "region, europe-west1-b",
        "region, EU",
        "service-account, etl",
        "credentials.kind, key",
        "transport, http2",
        "public-access, EVERYONE",
        "endpoint, ftp://x",
        "endpoints.run, localhost",
        "endpoints.storage, http://x",
        "registry, http://registry.example.com",
        "registry, registry.example.com/path",
        "repository.name, Images",
        "vpc-egress, SOME",
        "network-tags, a"
    })
    void violations_valueThatCannotBeRight_isNamedByItsKey(String key, String value) {
        assertThat(settings(key, value).violations()).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo("portolan.gcp." + key);
            assertThat(violation.value()).isEqualTo(value);
            assertThat(violation.fix()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "project, example.com:shop-1",
        "region, northamerica-northeast1",
        "region, us-central1",
        "registry, http://[::1]:5000",
        "registry, localhost:5000",
        "endpoint, http://127.0.0.1:8080/",
        "endpoints.run, https://run.europe-west1.rep.googleapis.com"
    })
    void violations_unusualButRight_areNone(String key, String value) {
        assertThat(settings(key, value).violations()).isEmpty();
    }

    @Test
    void violations_waysIntoTheVpc_areOne() {
        assertThat(settings("vpc-connector", "c", "network", "n").violations())
                .extracting(Violation::path)
                .containsExactly("portolan.gcp.vpc-connector");
        assertThat(settings("network", "n", "network-tags", "a").violations()).isEmpty();
    }

    @Test
    void violations_token_goesWithItsKind_andIsNotRepeated() {
        assertThat(settings("credentials.kind", "token").violations())
                .extracting(Violation::path)
                .containsExactly("portolan.gcp.credentials.token");
        assertThat(settings("credentials.token", "ya29.hidden").violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.toString()).doesNotContain("hidden"));
        assertThat(settings("credentials.kind", "token", "credentials.token", "t")
                        .violations())
                .isEmpty();
    }

    @Test
    void required_blank_isRefused() {
        assertThatThrownBy(() -> settings("transport", " ").required(GcpKeys.TRANSPORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("portolan.gcp.transport");
    }

    @Test
    void option_withoutAKey_isFoundByItsName() {
        GcpSettings settings = settings(config(), GcpOptions.NONE.http2(true));

        assertThat(settings.option(OptionNames.HTTP2)).contains("true");
        assertThat(settings.optionFlag(OptionNames.HTTP2)).contains(true);
        assertThat(settings.option(OptionNames.INGRESS)).isEmpty();
    }

    @Test
    void toString_showsNamesOnly() {
        GcpSettings settings =
                settings(config("credentials.token", "hidden-1"), GcpOptions.NONE.serviceAccount("hidden-2"));

        assertThat(settings.toString())
                .contains("serviceAccount", GcpKeys.TOKEN)
                .doesNotContain("hidden");
    }

    @Test
    void keys_areUniqueAndSecretsAreMarked() {
        assertThat(GcpKeys.ALL).extracting(ConfigKey::name).doesNotHaveDuplicates();
        assertThat(GcpKeys.ALL)
                .filteredOn(key -> key.type() == ConfigKey.Type.SECRET)
                .extracting(ConfigKey::name)
                .containsExactly(GcpKeys.TOKEN);
    }
}

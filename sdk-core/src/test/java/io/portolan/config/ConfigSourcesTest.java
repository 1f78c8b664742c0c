package io.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.id.ProviderId;
import io.portolan.internal.config.ConfigInputs;
import io.portolan.spi.ProviderConfig;
import io.portolan.testing.ProviderPath;
import io.portolan.testing.StubProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which source wins. */
class ConfigSourcesTest {
    @TempDir
    Path root;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private Path classPath = Path.of("");
    private Path directory = Path.of("");
    private ProviderPath providers;

    @BeforeEach
    void putLocalOnTheClassPath() throws IOException {
        classPath = Files.createDirectory(root.resolve("classes"));
        directory = Files.createDirectory(root.resolve("work"));
        providers = ProviderPath.of(classPath, StubProvider.Local.class);
    }

    @AfterEach
    void takeItAway() throws IOException {
        providers.close();
    }

    private CloudConfig load() {
        return CloudConfig.load(new ConfigInputs(environment, properties, directory, providers.loader()), null);
    }

    private ProviderConfig section() {
        return load().section(new StubProvider.Local());
    }

    private static void write(Path place, String name, String... lines) throws IOException {
        Files.write(place.resolve(name), java.util.List.of(lines));
    }

    @Test
    void load_nothingSet_takesTheOnlyProviderAndDefaults() {
        CloudConfig config = load();

        assertThat(config.provider()).isEqualTo(ProviderId.LOCAL);
        assertThat(config.application()).isEqualTo("default");
        assertThat(config.engine()).isEqualTo(EngineSettings.DEFAULT);
        assertThat(section().text("registry")).contains("127.0.0.1:5000");
    }

    @Test
    void load_eachSource_overridesTheOnesBefore() throws IOException {
        assertThat(section().number("pids")).isEqualTo(512);
        write(classPath, "portolan.yaml", "portolan: {local: {pids: 1}}");
        assertThat(section().number("pids")).isEqualTo(1);
        write(directory, "portolan.yaml", "portolan: {local: {pids: 2}}");
        assertThat(section().number("pids")).isEqualTo(2);
        environment.put("PORTOLAN_LOCAL_PIDS", "3");
        assertThat(section().number("pids")).isEqualTo(3);
        properties.put("portolan.local.pids", "4");
        assertThat(section().number("pids")).isEqualTo(4);
        assertThat(load().toBuilder()
                        .set("pids", "5")
                        .build()
                        .section(new StubProvider.Local())
                        .number("pids"))
                .isEqualTo(5);
    }

    @Test
    void load_wholeFile_isRead() throws IOException {
        write(
                directory,
                "portolan.yaml",
                "portolan:",
                "  provider: local",
                "  application: acme",
                "  engine:",
                "    poll-interval: 250ms",
                "    max-call-attempts: 2",
                "  local:",
                "    docker-host: unix:///run/docker.sock",
                "    verify-tls: false",
                "    volumes: {my-data: /srv/a, My.Data: /srv/b}",
                "    volumes.sizes.my-data: 12",
                "  aws:",
                "    anything: ${NOT_SET_HERE}");

        CloudConfig config = load();

        assertThat(config.application()).isEqualTo("acme");
        assertThat(config.engine())
                .isEqualTo(EngineSettings.DEFAULT
                        .pollInterval(Duration.ofMillis(250), Duration.ofSeconds(10))
                        .callRetries(2, Duration.ofMillis(200)));
        assertThat(section().text("docker-host")).contains("unix:///run/docker.sock");
        assertThat(section().flag("verify-tls")).isFalse();
        assertThat(section().under("volumes"))
                .containsOnly(
                        Map.entry("my-data", "/srv/a"),
                        Map.entry("My.Data", "/srv/b"),
                        Map.entry("sizes.my-data", "12"));
    }

    @Test
    void load_namedFile_isReadInPlaceOfTheOthers() throws IOException {
        write(classPath, "portolan.yaml", "portolan: {application: on-class-path}");
        write(directory, "portolan.yaml", "portolan: {application: in-directory}");
        write(root, "deploy.yaml", "portolan: {local: {pids: 1}}");
        write(root, "deploy-prod.yaml", "portolan: {application: prod}");
        ConfigInputs inputs = new ConfigInputs(environment, properties, directory, providers.loader());

        assertThat(CloudConfig.load(inputs, root.resolve("deploy.yaml")).application())
                .isEqualTo("default");
        environment.put("PORTOLAN_PROFILE", "prod");
        ConfigInputs withProfile = new ConfigInputs(environment, properties, directory, providers.loader());
        assertThat(CloudConfig.load(withProfile, root.resolve("deploy.yaml")).application())
                .isEqualTo("prod");
    }

    @Test
    void load_profileInOneFile_winsOverTheRestOfIt() throws IOException {
        write(
                directory,
                "portolan.yaml",
                "portolan: {application: base, local: {pids: 1}}",
                "\"%dev\": {portolan: {application: dev}}",
                "\"%eu.portolan.local.pids\": 2");

        assertThat(load().application()).isEqualTo("base");
        properties.put("portolan.profile", "dev");
        assertThat(load().application()).isEqualTo("dev");
        assertThat(section().number("pids")).isEqualTo(1);
        properties.put("portolan.profile", "dev, eu");
        assertThat(load().application()).isEqualTo("dev");
        assertThat(section().number("pids")).isEqualTo(2);
    }

    @Test
    void load_profileFiles_winOverTheFileBesideThem() throws IOException {
        write(classPath, "portolan.yaml", "portolan: {profile: dev, application: base}");
        write(classPath, "portolan-dev.yaml", "portolan: {application: dev, local: {pids: 1}}");
        assertThat(load().application()).isEqualTo("dev");
        assertThat(section().number("pids")).isEqualTo(1);
        write(directory, "portolan-dev.yaml", "portolan: {local: {pids: 2}}");
        assertThat(section().number("pids")).isEqualTo(2);
        write(directory, "portolan.yaml", "portolan: {application: in-directory}");
        assertThat(load().application()).isEqualTo("in-directory");
        write(directory, "portolan.yaml", "portolan: {profile: prod}");
        assertThat(load().application()).isEqualTo("base");
    }

    @Test
    void load_profileOverStrongerSource_doesNotWin() throws IOException {
        write(directory, "portolan.yaml", "\"%dev\": {portolan: {application: dev}}");
        properties.put("portolan.profile", "dev");
        environment.put("PORTOLAN_APPLICATION", "from-environment");

        assertThat(load().application()).isEqualTo("from-environment");
    }

    @Test
    void load_variables_meanTheirKeys() {
        environment.putAll(Map.of(
                "PORTOLAN_PROVIDER", "local",
                "PORTOLAN_APPLICATION", "acme",
                "PORTOLAN_ENGINE_MAX_POLL_INTERVAL", "20s",
                "PORTOLAN_LOCAL_DOCKER_HOST", "tcp://127.0.0.1:2375",
                "PORTOLAN_LOCAL_REGISTRY_PASSWORD", "hunter2",
                "PORTOLAN_LOCAL_VOLUMES_MY_DATA", "/srv/data",
                "PORTOLAN_LOCAL_VOLUMES_SIZES_MY_DATA", "12",
                "PORTOLAN_AWS_REGION", "eu-west-1",
                "HOME", "/home/user"));

        assertThat(load().application()).isEqualTo("acme");
        assertThat(load().engine().maxPollInterval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(section().text("docker-host")).contains("tcp://127.0.0.1:2375");
        assertThat(section().text("registry-password")).contains("hunter2");
        assertThat(section().under("volumes"))
                .containsOnly(Map.entry("my-data", "/srv/data"), Map.entry("sizes.my-data", "12"));
    }

    @Test
    void load_variablesWithSecrets_areNoSettings() {
        environment.put("PORTOLAN_SECRET_REPORT_DB", "hunter2");

        assertThat(load().toString()).doesNotContain("hunter2");
        assertThat(section().text("docker-host")).isEmpty();
    }

    @Test
    void load_variableOfAFreeNameInAFile_overridesThatName() throws IOException {
        write(directory, "portolan.yaml", "portolan: {local: {volumes: {My_Data: /srv/file}}}");
        environment.put("PORTOLAN_LOCAL_VOLUMES_MY_DATA", "/srv/variable");

        assertThat(section().under("volumes")).containsOnly(Map.entry("My_Data", "/srv/variable"));
    }

    @Test
    void load_emptyValue_goesBackToTheDefault() throws IOException {
        write(directory, "portolan.yaml", "portolan: {application: acme, local: {registry: registry:80}}");
        environment.put("PORTOLAN_LOCAL_REGISTRY", "");

        assertThat(section().text("registry")).contains("127.0.0.1:5000");
    }

    @Test
    void load_expression_isReplaced() throws IOException {
        write(
                directory,
                "portolan.yaml",
                "portolan: {local: {registry-password: \"${REGISTRY_TOKEN}\", pids: \"${P:8}\"}}");
        environment.put("REGISTRY_TOKEN", "hunter2");

        assertThat(section().text("registry-password")).contains("hunter2");
        assertThat(section().number("pids")).isEqualTo(8);
    }

    @Test
    void load_publicEntries_readTheProcess() throws IOException {
        write(root, "deploy.yaml", "portolan: {application: acme}");

        assertThat(CloudConfig.load(root.resolve("deploy.yaml")).application()).isEqualTo("acme");
        write(classPath, "portolan.yaml", "portolan: {application: found-by-class-loader}");
        assertThat(CloudConfig.load().application()).isEqualTo("found-by-class-loader");
    }
}

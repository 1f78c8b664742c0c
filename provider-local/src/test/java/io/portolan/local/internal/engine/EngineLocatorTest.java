package io.portolan.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Where the engine is")
class EngineLocatorTest {
    /** SHA-256 of "colima": the directory that the docker command keeps the context of that name in. */
    private static final String COLIMA = "f24fd3749c1368328e2b149bec149cb6795619f244c5b584e844961215dadd16";

    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();

    private EngineAddress locate(@Nullable String configured) {
        return new EngineLocator(environment, home, List.of(home.resolve("system.sock"))).locate(configured);
    }

    private Path file(String path, String content) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private void context(String host) throws IOException {
        file(
                ".docker/contexts/meta/" + COLIMA + "/meta.json",
                "{\"Name\": \"colima\", \"Endpoints\": {\"docker\": {\"Host\": \"" + host + "\"}}}");
    }

    @Test
    void address_isTheFirstOfSettingVariableContextFileAndSocket() throws IOException {
        file("system.sock", "");
        assertThat(locate(null).host()).isEqualTo(URI.create("unix://" + home.resolve("system.sock")));

        context("unix:///colima.sock");
        file(".docker/config.json", "{\"currentContext\": \"colima\"}");
        assertThat(locate(null).host()).isEqualTo(URI.create("unix:///colima.sock"));
        assertThat(locate(null).origin()).isEqualTo("Docker context 'colima'");

        environment.put("DOCKER_CONTEXT", "default");
        assertThat(locate(null).origin()).as("the context that is none").isEqualTo("the socket that exists");

        environment.put("DOCKER_HOST", "tcp://build:2375");
        assertThat(locate(null)).isEqualTo(new EngineAddress(URI.create("tcp://build:2375"), null, "DOCKER_HOST"));

        assertThat(locate(" unix:///mine.sock "))
                .isEqualTo(new EngineAddress(URI.create("unix:///mine.sock"), null, "portolan.local.docker-host"));
    }

    @Test
    void blankSettings_areNone() throws IOException {
        environment.put("DOCKER_HOST", " ");
        environment.put("DOCKER_CONTEXT", "");
        file("system.sock", "");

        assertThat(locate("").origin()).isEqualTo("the socket that exists");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".docker/run/docker.sock",
                ".docker/desktop/docker.sock",
                ".colima/default/docker.sock",
                ".rd/docker.sock"
            })
    void socket_ofAnInstallationInTheHome_isFound(String socket) throws IOException {
        Path there = file(socket, "");

        assertThat(locate(null).host().getPath()).isEqualTo(there.toString());
    }

    @Test
    void socket_withABlankInItsPath_isFoundAndTaken() throws IOException {
        Path there = file("my run/docker.sock", "");
        environment.put("XDG_RUNTIME_DIR", home.resolve("my run").toString());

        assertThat(locate(null).host().getPath()).isEqualTo(there.toString());
        assertThat(locate("unix://" + there).host().getPath()).isEqualTo(there.toString());
    }

    @Test
    void socket_ofARootlessEngine_isFound() throws IOException {
        environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
        Path there = file("run/docker.sock", "");

        assertThat(locate(null).host().getPath()).isEqualTo(there.toString());
    }

    @Test
    void nothingThere_isTheDefaultOfTheSystem() {
        assertThat(locate(null).host()).isEqualTo(URI.create("unix:///var/run/docker.sock"));
        environment.put("OS", "Windows_NT");
        assertThat(locate(null).host()).isEqualTo(URI.create("npipe:////./pipe/docker_engine"));
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://build, tcp://build:2375",
        "tcp://build:4000/, tcp://build:4000",
        "http://build:4000, tcp://build:4000",
        "https://build, tcp://build:2376",
        "tcp://[::1]:4000, tcp://[::1]:4000",
    })
    void tcpAddress_hasAPort(String given, String address) {
        assertThat(locate(given).host()).isEqualTo(URI.create(address));
    }

    @Test
    void tls_isUsedWhereItIsAskedFor() {
        assertThat(locate("tcp://build").certificates()).isNull();
        assertThat(locate("https://build").certificates()).isEqualTo(home.resolve(".docker"));

        environment.put("DOCKER_TLS_VERIFY", "1");
        assertThat(locate("tcp://build").host()).isEqualTo(URI.create("tcp://build:2376"));
        environment.put("DOCKER_CONFIG", "/etc/docker-client");
        assertThat(locate("tcp://build").certificates()).isEqualTo(Path.of("/etc/docker-client"));
        environment.put("DOCKER_CERT_PATH", "/etc/certificates");
        assertThat(locate("tcp://build").certificates()).isEqualTo(Path.of("/etc/certificates"));
        assertThat(locate("unix:///mine.sock").certificates())
                .as("a socket has none")
                .isNull();
    }

    @Test
    void context_withCertificates_usesThem() throws IOException {
        context("tcp://build:2376");
        environment.put("DOCKER_CONTEXT", "colima");
        assertThat(locate(null).certificates()).isNull();
        Path tls = Files.createDirectories(home.resolve(".docker/contexts/tls/" + COLIMA + "/docker"));

        assertThat(locate(null))
                .isEqualTo(new EngineAddress(URI.create("tcp://build:2376"), tls, "Docker context 'colima'"));
    }

    @Test
    void context_thatDoesNotExist_isRefusedAndSaysWhereItIsFrom() {
        environment.put("DOCKER_CONTEXT", "colima");

        assertThatThrownBy(() -> locate(null))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("Docker context was 'colima' (from DOCKER_CONTEXT)")
                .hasMessageContaining("docker context create");
    }

    @Test
    void configuration_thatIsNoJson_isRefusedAndNamed() throws IOException {
        Path broken = file(".docker/config.json", "{\"currentContext\": ");

        assertThatThrownBy(() -> locate(null))
                .isInstanceOf(PortolanException.class)
                .hasMessageContaining(broken + " cannot be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ssh://me@build", "/var/run/docker.sock", "build:2375", "tcp://", "tcp://a b", "ftp://build"})
    void address_ofAnotherKind_isRefusedWithAnExample(String address) {
        assertThatThrownBy(() -> locate(address))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("portolan.local.docker-host was '" + address + "'")
                .hasMessageContaining("for example 'unix:///var/run/docker.sock'");
    }
}

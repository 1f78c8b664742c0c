package io.portolan.images.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.image.RegistryCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The logins of this machine")
class DockerLoginTest {
    private static final RegistryCredentials ME = new RegistryCredentials("me", "pass:word");
    private static final String HOST = "registry.example:5000";

    @TempDir
    private Path folder;

    private Duration limit = Duration.ofMinutes(1);

    private static String entry(RegistryCredentials pair) {
        String text = pair.username() + ":" + pair.password();
        return "{\"auth\": \"" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    private Optional<RegistryCredentials> find(String config, String registry) throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), config);
        CredentialProgram helper = new CredentialProgram(
                name -> List.of("/bin/sh", folder.resolve(name).toString(), "get"), limit);
        return new DockerLogin(file, helper).find(registry);
    }

    private void helper(String name, String script) throws IOException {
        Files.writeString(folder.resolve(name), script);
    }

    @Test
    void file_thatDoesNotExist_hasNone() {
        assertThat(new DockerLogin(folder.resolve("nowhere")).find(HOST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"auths\": ", "[]", "{\"auths\": 7}", "{\"credsStore\": \"\"}"})
    void file_thatCannotBeRead_hasNone(String config) throws IOException {
        assertThat(find(config, HOST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {HOST, "https://" + HOST, "http://" + HOST, "https://" + HOST + "/v1/", "http://" + HOST + "/"})
    void login_inTheFile_isFoundUnderEachNameOfItsRegistry(String name) throws IOException {
        assertThat(find("{\"auths\": {\"" + name + "\": " + entry(ME) + "}}", HOST))
                .contains(ME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.example", "registry.example:50001", "my-" + HOST, "https://" + HOST + "0/v1/"})
    void login_ofAnotherRegistry_isNotUsed(String name) throws IOException {
        assertThat(find("{\"auths\": {\"" + name + "\": " + entry(ME) + "}}", HOST))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://index.docker.io/v1/", "index.docker.io", "docker.io"})
    void login_ofDockerHub_isFoundUnderItsOldNames(String name) throws IOException {
        assertThat(find("{\"auths\": {\"" + name + "\": " + entry(ME) + "}}", "docker.io"))
                .contains(ME);
    }

    @Test
    void identityToken_comesBeforeThePairBesideIt() throws IOException {
        String alone = "{\"auths\": {\"" + HOST + "\": {\"identitytoken\": \"t0ken\"}}}";
        String beside = "{\"auths\": {\"" + HOST + "\": {\"auth\": \"bWU6\", \"identitytoken\": \"t0ken\"}}}";

        assertThat(find(alone, HOST)).contains(new RegistryCredentials("<token>", "t0ken"));
        assertThat(find(beside, HOST)).contains(new RegistryCredentials("<token>", "t0ken"));
    }

    @Test
    void login_inClearText_isUsed() throws IOException {
        assertThat(find("{\"auths\": {\"" + HOST + "\": {\"username\": \"me\", \"password\": \"pass:word\"}}}", HOST))
                .contains(ME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "bm9jb2xvbg==", "Om5vdXNlcg==", ""})
    void login_thatIsDamaged_isIgnored(String auth) throws IOException {
        assertThat(find("{\"auths\": {\"" + HOST + "\": {\"auth\": \"" + auth + "\"}}}", HOST))
                .isEmpty();
    }

    @Test
    void helperOfTheRegistry_comesBeforeTheStoreAndTheFile() throws IOException {
        helper("own", "echo '{\"Username\": \"own\", \"Secret\": \"1\"}'");
        helper("store", "echo '{\"Username\": \"store\", \"Secret\": \"2\"}'");
        String auths = "\"auths\": {\"" + HOST + "\": " + entry(ME) + "}";
        String store = "\"credsStore\": \"store\", ";
        String own = "\"credHelpers\": {\"" + HOST + "\": \"own\"}, ";

        assertThat(find("{" + own + store + auths + "}", HOST)).contains(new RegistryCredentials("own", "1"));
        assertThat(find("{" + store + auths + "}", HOST)).contains(new RegistryCredentials("store", "2"));
    }

    @Test
    void helper_isAskedForTheRegistryOnItsInput() throws IOException {
        helper("echo", "read address; echo \"{\\\"Username\\\": \\\"$1\\\", \\\"Secret\\\": \\\"$address\\\"}\"");

        assertThat(find("{\"credsStore\": \"echo\"}", HOST)).contains(new RegistryCredentials("get", HOST));
        assertThat(find("{\"credsStore\": \"echo\"}", "docker.io"))
                .contains(new RegistryCredentials("get", "https://index.docker.io/v1/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat >/dev/null; echo 'credentials not found in native keychain'; exit 1",
                "cat >/dev/null; echo 'no JSON'",
                "cat >/dev/null; echo '{}'",
                "exit 127",
            })
    void helper_thatKnowsNothing_leavesItToTheFile(String script) throws IOException {
        helper("store", script);

        assertThat(find("{\"credsStore\": \"store\", \"auths\": {\"" + HOST + "\": " + entry(ME) + "}}", HOST))
                .contains(ME);
    }

    @Test
    void helper_thatHangs_isEndedAndLeavesItToTheFile() throws IOException {
        limit = Duration.ofMillis(50);
        helper("store", "exec sleep 600");

        assertThat(find("{\"credsStore\": \"store\", \"auths\": {\"" + HOST + "\": " + entry(ME) + "}}", HOST))
                .contains(ME);
    }

    @Test
    void helper_thatIsNotInstalled_leavesItToTheFile() throws IOException {
        Path file = Files.writeString(
                folder.resolve("config.json"),
                "{\"credsStore\": \"no-such-helper\", \"auths\": {\"" + HOST + "\": " + entry(ME) + "}}");

        assertThat(new DockerLogin(file).find(HOST)).contains(ME);
    }
}

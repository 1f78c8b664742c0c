package io.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.internal.config.ConfigInputs;
import io.portolan.testing.ProviderPath;
import io.portolan.testing.StubProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, and how it is said. */
class ConfigProblemsTest {
    @TempDir
    Path root;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private Path directory = Path.of("");
    private ProviderPath providers;

    @BeforeEach
    void putLocalOnTheClassPath() throws IOException {
        directory = Files.createDirectory(root.resolve("work"));
        providers = ProviderPath.of(Files.createDirectory(root.resolve("classes")), StubProvider.Local.class);
    }

    @AfterEach
    void takeItAway() throws IOException {
        providers.close();
    }

    private InvalidSpecException refused(Path... file) {
        ConfigInputs inputs = new ConfigInputs(environment, properties, directory, providers.loader());
        return catchThrowableOfType(
                InvalidSpecException.class, () -> CloudConfig.load(inputs, file.length == 0 ? null : file[0]));
    }

    private List<String> lines(Path... file) {
        return refused(file).violations().stream().map(Violation::toString).toList();
    }

    private Path write(String... lines) throws IOException {
        return Files.write(directory.resolve("portolan.yaml"), List.of(lines));
    }

    @Test
    void load_everythingWrong_isReportedAtOnce() throws IOException {
        Path file = write(
                "portolan:",
                "  provder: local",
                "  application: Acme",
                "  engine:",
                "    poll-interval: soon",
                "    max-call-attempts: 99",
                "  local:",
                "    pids: many",
                "    regsitry-password: hunter2",
                "  lcoal:",
                "    pids: 7",
                "provider: local");
        environment.put("PORTOLAN_LOCAL_DOCKER_HSOT", "hunter2");
        environment.put("PORTOLAN_LCOAL_PIDS", "7");
        properties.put("portolan.local.verify-tsl", "true");

        InvalidSpecException e = refused();

        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(e.getMessage())
                .startsWith("configuration has 11 violations:\n")
                .doesNotContain("hunter2");
        assertThat(lines())
                .containsExactlyInAnyOrder(
                        "provider was '***' but must stand under 'portolan:' or under '%profile:' and 'portolan:' ("
                                + file + " line 12); indent it",
                        "portolan.local.regsitry-password was '***' but is not a known key (" + file
                                + " line 9); did you mean 'portolan.local.registry-password'?",
                        "portolan.local.verify-tsl was '***' but is not a known key (system property"
                                + " portolan.local.verify-tsl); did you mean 'portolan.local.verify-tls'?",
                        "PORTOLAN_LOCAL_DOCKER_HSOT was '***' but is not a known variable;"
                                + " did you mean 'PORTOLAN_LOCAL_DOCKER_HOST'?",
                        "portolan.local.pids was 'many' but must be a whole number; write for example '512'",
                        "portolan.application was 'Acme' but must be 1 to 31 lower-case letters, digits or inner hyphens"
                                + " and start with a letter; write for example 'acme-reports'",
                        "portolan.engine.poll-interval was 'soon' but must be a duration;"
                                + " write for example '1s', '250ms', '5m' or 'PT5M'",
                        "portolan.engine.max-call-attempts was '99' but must be 1 to 10;"
                                + " choose a number in this range; 1 means no retry",
                        "portolan.provder was '***' but is not a known key (" + file
                                + " line 2); did you mean 'portolan.provider'?",
                        "portolan.lcoal.pids was '***' but is not a known key (" + file
                                + " line 11); did you mean 'portolan.local.pids'?",
                        "PORTOLAN_LCOAL_PIDS was '***' but is not a known variable;"
                                + " did you mean 'PORTOLAN_LOCAL_PIDS'?");
    }

    @Test
    void load_brokenYaml_namesFileAndLine() throws IOException {
        Path file = write("portolan:", "  provider: local", "  provider: aws", "  local: [1]", "  password: \"x");

        assertThat(lines())
                .containsExactly(file + " line 6 was '***' but must be YAML: found unexpected end of stream;"
                        + " mend this line");
        write("portolan:", "  provider: local", "  provider: aws", "  local: [1]");
        assertThat(lines())
                .containsExactly(
                        file + " portolan.provider was '***' but must stand once; it stands in line 2 as well (line 3);"
                                + " remove one of the two",
                        file + " portolan.local was 'a list' but must be a single value (line 4);"
                                + " write one value; separate several with commas");
        write("portolan.provider: local", "portolan: {provider: aws}");
        assertThat(lines())
                .contains(file + " portolan.provider was '***' but must stand once; it is set in line 2 as well;"
                        + " remove one of the two");
        write("- portolan");
        assertThat(lines())
                .contains(file + " document was 'a list' but must be a mapping;"
                        + " begin with 'portolan:' and indent the settings");
    }

    @Test
    void load_fileThatCannotBeRead_isNamed() throws IOException {
        Path missing = root.resolve("missing.yaml");
        assertThat(lines(missing))
                .containsExactly(missing + " was 'NoSuchFileException' but must be a file that can be read;"
                        + " check that it exists and may be read");
        Path latin =
                Files.write(root.resolve("latin.yaml"), "portolan: {}\n# \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(lines(latin)).containsExactly(latin + " was '***' but must be text in UTF-8; save it as UTF-8");
    }

    @Test
    void load_hugeFile_isRefused() throws IOException {
        write("# " + "x".repeat(5_000_000));

        assertThat(lines()).singleElement().asString().contains("must be YAML of at most 1048576 printable characters");
    }

    @Test
    void load_profileThatIsNoWord_isRefused() throws IOException {
        properties.put("portolan.profile", "dev,../../etc/x");
        assertThat(lines())
                .containsExactly("portolan.profile was '../../etc/x' but must be 1 to 30 lower-case letters, digits or"
                        + " inner hyphens, several joined by commas; write for example 'dev'");
        properties.clear();
        write("\"%Dev\": {portolan: {application: x}}");
        assertThat(lines()).singleElement().asString().startsWith("%Dev.portolan.application was '***' but must stand");
    }

    @Test
    void load_unknownNameInInactiveProfile_isRefused() throws IOException {
        write("\"%prod\": {portolan: {local: {pdis: 1}}}");

        assertThat(lines()).singleElement().asString().endsWith("did you mean 'portolan.local.pids'?");
    }

    @Test
    void load_expressionWithoutValue_isRefusedWithoutItsText() throws IOException {
        write("portolan: {local: {registry-password: \"hunter2${NOT_SET}\"}}");

        assertThat(lines())
                .containsExactly("portolan.local.registry-password was '***' but must not hold an expression ${name}"
                        + " whose name is not set; set what it names, give a default as in ${name:default},"
                        + " or write \\${ for a plain ${");
    }

    @Test
    void load_variableThatCanMeanTwoKeys_isRefused() throws IOException {
        write("portolan: {local: {volumes: {my-data: a, my.data: b}}}");
        environment.put("PORTOLAN_LOCAL_VOLUMES_MY_DATA", "c");

        assertThat(lines())
                .containsExactly("PORTOLAN_LOCAL_VOLUMES_MY_DATA was '***' but must mean one key, but it can mean"
                        + " [volumes.my-data, volumes.my.data];"
                        + " set the one you mean in portolan.yaml or as a system property");
    }

    @Test
    void load_providerWithImpossibleName_isRefused() {
        environment.put("PORTOLAN_PROVIDER", "My Cloud");

        assertThat(lines())
                .containsExactly(
                        "portolan.provider was 'My Cloud' but must be a letter and up to 30 lower-case letters,"
                                + " digits or hyphens; write local, aws, gcp or azure");
    }

    @Test
    void load_providerThatIsNotThere_isLeftToTheConnection() {
        environment.put("PORTOLAN_PROVIDER", "elsewhere");
        environment.put("PORTOLAN_ELSEWHERE_ANYTHING", "x");

        assertThat(refused()).isNull();
    }

    @Test
    void load_noProviderOnTheClassPath_namesTheArtifacts() throws IOException {
        providers.close();
        try (ProviderPath none = ProviderPath.of(Files.createDirectory(root.resolve("none")))) {
            assertThat(lines()).singleElement().asString().contains("io.portolan:portolan-local");
        }
    }

    @Test
    void load_otherProviderOnTheClassPath_mayHaveASection() throws IOException {
        providers.close();
        write("portolan: {provider: local, harbour: {pids: 1}, harbor: {pids: 1}}");
        providers = ProviderPath.of(
                Files.createDirectory(root.resolve("two")), StubProvider.Local.class, StubProvider.Harbour.class);

        assertThat(lines()).singleElement().asString().endsWith("did you mean 'portolan.harbour.pids'?");
    }
}

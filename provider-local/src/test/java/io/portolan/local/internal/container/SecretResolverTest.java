package io.portolan.local.internal.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.local.LocalProvider;
import io.portolan.spec.SecretRef;
import io.portolan.spi.ProviderConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A secret of this machine")
class SecretResolverTest {
    private static final SecretRef DB = SecretRef.named("report-db");

    @TempDir
    private Path folder;

    private Path directory;
    private Path file;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void places() throws IOException {
        directory = Files.createDirectory(folder.resolve("secrets"));
        file = folder.resolve("secrets.env");
    }

    private SecretResolver resolver() {
        return resolver(directory.toString());
    }

    private SecretResolver resolver(String secretsDir) {
        Map<String, String> settings =
                Map.of(ContainerKeys.SECRETS_DIR, secretsDir, ContainerKeys.SECRETS_FILE, file.toString());
        return new SecretResolver(new ProviderConfig("shop", new LocalProvider().configKeys(), settings), environment);
    }

    @Test
    void placesOf_aSecret_areDirectoryThenEnvironmentThenFile() throws IOException {
        Files.writeString(file, "report-db=of the file");
        assertThat(resolver().resolveText(DB)).isEqualTo("of the file");

        environment.put("PORTOLAN_SECRET_REPORT_DB", "of the environment");
        assertThat(resolver().resolveText(DB)).isEqualTo("of the environment");

        Files.writeString(directory.resolve("report-db"), "of the directory");
        assertThat(resolver().resolveText(DB)).isEqualTo("of the directory");
    }

    @Test
    void secret_thatChanges_isReadAnew() throws IOException {
        SecretResolver resolver = resolver();
        Files.writeString(directory.resolve("report-db"), "old");
        assertThat(resolver.resolveText(DB)).isEqualTo("old");
        Files.writeString(directory.resolve("report-db"), "new");

        assertThat(resolver.resolveText(DB)).isEqualTo("new");
    }

    @Test
    void version_isPartOfTheName() throws IOException {
        Files.writeString(directory.resolve("report-db"), "newest");
        Files.writeString(directory.resolve("report-db#3"), "third");

        assertThat(resolver().resolveText(DB.version("3"))).isEqualTo("third");
        assertThat(SecretResolver.variable(DB.version("3").toString())).isEqualTo("PORTOLAN_SECRET_REPORT_DB_3");
    }

    @Test
    void secret_thatIsNowhere_namesThePlacesAndNoValue() throws IOException {
        Files.writeString(file, "other=s3cret");
        environment.put("PORTOLAN_SECRET_OTHER", "s3cret");

        assertThatThrownBy(() -> resolver().resolve(DB))
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining(directory.resolve("report-db").toString())
                .hasMessageContaining("environment variable PORTOLAN_SECRET_REPORT_DB")
                .hasMessageContaining("line 'report-db=' of " + file)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void secret_withoutPlaces_namesTheSettings() {
        SecretResolver bare =
                new SecretResolver(new ProviderConfig("shop", new LocalProvider().configKeys(), Map.of()), environment);

        assertThatThrownBy(() -> bare.resolve(DB))
                .hasMessageContaining("portolan.local.secrets-dir is not set")
                .hasMessageContaining("portolan.local.secrets-file is not set");
    }

    @Test
    void name_thatLeadsOutOfTheDirectory_isRefused() throws IOException {
        Files.writeString(folder.resolve("outside"), "s3cret");

        assertThatThrownBy(() -> resolver().resolve(SecretRef.named("../outside")))
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("outside of")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> resolver()
                        .resolve(SecretRef.named(folder.resolve("outside").toString())))
                .isInstanceOf(MissingSecretException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "src/..", "./"})
    void directory_thatIsTheWorkingDirectory_holdsItsFiles(String secretsDir) throws IOException {
        SecretRef here = SecretRef.named("pom.xml");

        assertThat(resolver(secretsDir).resolve(here)).isEqualTo(Files.readAllBytes(Path.of("pom.xml")));
        assertThatThrownBy(() -> resolver(secretsDir).resolve(SecretRef.named("../pom.xml")))
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("outside of");
    }

    @Test
    void name_withAFolder_isAFileInIt() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("db")).resolve("password"), "s3cret");

        assertThat(resolver().resolveText(SecretRef.named("db/password"))).isEqualTo("s3cret");
    }

    @Test
    void folder_ofThatName_isNoSecret() throws IOException {
        Files.createDirectory(directory.resolve("report-db"));
        environment.put("PORTOLAN_SECRET_REPORT_DB", "of the environment");

        assertThat(resolver().resolveText(DB)).isEqualTo("of the environment");
    }

    @Test
    void file_keepsItsBytes_andTextLosesTheLastLineBreakOnly() throws IOException {
        Files.writeString(directory.resolve("report-db"), "two\r\nlines \r\n");

        assertThat(resolver().resolve(DB)).isEqualTo("two\r\nlines \r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(resolver().resolveText(DB)).isEqualTo("two\r\nlines ");
    }

    @Test
    void text_withANul_isRefusedAsAVariableAndTakenAsAFile() throws IOException {
        Files.writeString(directory.resolve("report-db"), "a\0b");

        assertThat(resolver().resolve(DB)).hasSize(3);
        assertThatThrownBy(() -> resolver().resolveText(DB))
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("NUL")
                .hasMessageContaining("mount it as a file");
    }

    @Test
    void bytes_thatAreNoText_areRefusedAsAVariableAndTakenAsAFile() throws IOException {
        Files.write(directory.resolve("report-db"), new byte[] {'k', (byte) 0xff, (byte) 0xfe});

        assertThat(resolver().resolve(DB)).hasSize(3);
        assertThatThrownBy(() -> resolver().resolveText(DB))
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("UTF-8")
                .hasMessageContaining("mount it as a file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "report-db=plain | plain",
                "report-db = spaced  | spaced",
                "report-db=with=equals | with=equals",
                "report-db=\"in quotes \" | `in quotes `",
                "report-db='in quotes ' | `in quotes `",
                "report-db=\"half | \"half",
                "report-db=\" | \"",
                "report-db= | ``",
            })
    void line_ofTheFile_givesItsValue(String line, String value) throws IOException {
        Files.writeString(file, "# report-db=commented\nreport-db-2=other\n" + line + "\nreport-db=second\n");

        assertThat(resolver().resolveText(DB)).isEqualTo(value);
    }

    @Test
    void file_thatCannotBeRead_isToldFromOneThatIsMissing() throws IOException {
        Files.write(file, new byte[] {'r', (byte) 0xff, '\n'});

        assertThatThrownBy(() -> resolver().resolve(DB))
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("cannot be read from " + file);
    }
}

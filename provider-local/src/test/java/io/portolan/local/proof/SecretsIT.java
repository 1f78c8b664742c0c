package io.portolan.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves: secrets reach the container, and are never visible in the labels that {@code docker inspect} shows, in the SDK's logs, in
 * exceptions, in plans or in what {@code toString} gives.
 */
@Tag("docker")
class SecretsIT {
    private static final String VALUE = "hunter2-" + Long.toString(System.nanoTime(), 36);

    private final ProofEngine engine = ProofEngine.forNewApplication();

    @TempDir
    private Path secrets;

    @BeforeEach
    void prepare() throws IOException {
        ProofImage.prepare(engine.client());
        Files.writeString(secrets.resolve("report-db"), VALUE);
    }

    @AfterEach
    void clean() {
        engine.close();
    }

    @Test
    void secret_ofAJob_reachesTheContainerAndShowsNowhereElse() throws Exception {
        String shown = run();
        assertThat(shown).contains(SecretsMain.RECEIVED);
        assertThat(shown)
                .as("the program shows what the SDK has to say")
                .contains(SecretsMain.NAME, "DEBUG io.portolan");
        for (String form : forms()) {
            assertThat(shown).doesNotContain(form);
            assertThat(labels())
                    .isNotEmpty()
                    .allSatisfy(labels -> assertThat(labels).doesNotContain(form));
        }
    }

    /** The value as it is, and as it could be encoded. */
    private static List<String> forms() {
        byte[] bytes = VALUE.getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        return List.of(
                VALUE, base64.substring(0, base64.length() - 2), HexFormat.of().formatHex(bytes));
    }

    /** The labels of everything of the application, and names and commands of its containers. */
    private List<String> labels() {
        List<String> labels = new ArrayList<>(engine.owned());
        for (Container container : engine.containers()) {
            InspectContainerResponse shown =
                    engine.client().inspectContainerCmd(container.getId()).exec();
            labels.add(shown.getConfig().getLabels().toString());
            labels.add(shown.getPath() + " " + List.of(shown.getArgs()));
        }
        engine.client().listVolumesCmd().exec().getVolumes().stream()
                .filter(v -> v.getName().contains(engine.application()))
                .forEach(v -> labels.add(String.valueOf(v.getLabels())));
        return labels;
    }

    /** All that a JVM wrote that ran {@link SecretsMain} with the logs of the SDK turned on. */
    private String run() throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                        "-Dorg.slf4j.simpleLogger.log.io.portolan=trace",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SecretsMain.class.getName(),
                        engine.application(),
                        secrets.toString(),
                        HexFormat.of().formatHex(digest.digest(VALUE.getBytes(StandardCharsets.UTF_8))))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(shown).isZero();
        return shown;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

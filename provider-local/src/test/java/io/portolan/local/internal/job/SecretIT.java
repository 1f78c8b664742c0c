package io.portolan.local.internal.job;

import static io.portolan.local.fixture.TestEngine.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.portolan.local.fixture.TestEngine;
import io.portolan.local.internal.container.ContainerKeys;
import io.portolan.run.AttemptStatus;
import io.portolan.run.OwnedResource;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SecretRef;
import io.portolan.spi.TaskLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretIT {
    private static final String VALUE = "s3cr3t-value-that-nobody-may-see";
    private static final SecretRef SECRET = SecretRef.named("db-password");

    private final TestEngine engine = new TestEngine();

    private Path directory = Path.of(".");

    @BeforeAll
    void writeSecret(@TempDir Path temporary) throws IOException {
        directory = temporary;
        Files.writeString(directory.resolve("db-password"), VALUE + "\n");
    }

    @AfterAll
    void clean() {
        engine.close();
    }

    private AttemptStatus run(String execution, JobSpec spec) {
        TaskLauncher jobs = engine.jobs(Map.of(ContainerKeys.SECRETS_DIR, directory.toString()));
        AttemptStatus launched = TestEngine.launch(jobs, key(execution), spec);
        return TestEngine.end(jobs, TestEngine.ref(launched));
    }

    private InspectContainerResponse inspect(AttemptStatus status) {
        return engine.docker()
                .inspectContainerCmd(status.nativeId().orElseThrow())
                .exec();
    }

    @Test
    void variable_ofASecret_hasItsValueAndIsInNoLabel() {
        AttemptStatus status = run(
                "variable",
                engine.job("sh", "-c", "test \"$PASSWORD\" = " + VALUE)
                        .secretEnv("PASSWORD", SECRET)
                        .build());

        assertThat(status.exitCode()).hasValue(0);
        assertThat(inspect(status).getConfig().getLabels()).isNotEmpty();
        assertThat(inspect(status).getConfig().getLabels().values()).noneMatch(label -> label.contains(VALUE));
    }

    @Test
    void file_ofASecret_isReadableByItsUserOnlyAndNowhereInInspect() {
        AttemptStatus status = run(
                "file",
                engine.job(
                                "sh",
                                "-c",
                                "test \"$(cat /run/secrets/app/db)\" = " + VALUE
                                        + " && test $(stat -c %a-%u /run/secrets/app/db) = 400-1000")
                        .user("1000:1000")
                        .secretFile("/run/secrets/app/db", SECRET)
                        .build());

        assertThat(status.exitCode()).hasValue(0);
        InspectContainerResponse look = inspect(status);
        assertThat(look.getConfig().getLabels().values()).noneMatch(label -> label.contains(VALUE));
        assertThat(Arrays.asList(look.getConfig().getEnv())).noneMatch(variable -> variable.contains(VALUE));
    }

    @Test
    void file_inAReadOnlyRoot_isThereAndItsDirectoryIsReadOnlyToo() {
        AttemptStatus status = run(
                "readonly",
                engine.job(
                                "sh",
                                "-c",
                                "test \"$(cat /etc/db)\" = " + VALUE
                                        + " && test -f /etc/passwd && ! touch /etc/x 2>/dev/null")
                        .readOnlyRootFilesystem(true)
                        .secretFile("/etc/db", SECRET)
                        .build());

        assertThat(status.exitCode()).hasValue(0);
        assertThat(engine.driver().list())
                .filteredOn(owned -> owned.name().contains("readonly"))
                .extracting(OwnedResource::kind)
                .containsExactlyInAnyOrder("container", "volume");

        engine.jobs().delete(status.key().execution());

        assertThat(engine.driver().list())
                .filteredOn(owned -> owned.name().contains("readonly"))
                .isEqualTo(List.of());
    }

    @Test
    void file_forAUserThatIsAName_isReadableByIt() {
        AttemptStatus status = run(
                "named",
                engine.job("sh", "-c", "test \"$(cat /secret)\" = " + VALUE + " && test $(id -u) = 1000")
                        .user("app")
                        .secretFile("/secret", SECRET)
                        .build());

        assertThat(status.exitCode()).hasValue(0);
    }
}

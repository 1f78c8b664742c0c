package io.portolan.local.internal.job;

import static io.portolan.local.fixture.TestEngine.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.local.fixture.BusyboxImage;
import io.portolan.local.fixture.TestEngine;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.spec.Cpu;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import io.portolan.spec.SecretRef;
import io.portolan.spec.Volume;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each way to fail, on a real engine. */
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttemptFailureIT {
    private static final Cpu CORE = Cpu.cores(1);

    private final TestEngine engine = new TestEngine();

    @AfterAll
    void clean() {
        engine.close();
    }

    private Failure failure(String execution, JobSpec spec) {
        AttemptStatus status = engine.run(key(execution), spec);
        assertThat(status.state()).isEqualTo(AttemptState.ENDED);
        assertThat(status.failure()).as("%s", status).isPresent();
        // Another connection reads the same verdict, if there is anything left to read.
        for (AttemptStatus listed :
                engine.jobs(java.util.Map.of()).list(key(execution).execution())) {
            assertThat(listed)
                    .isEqualTo(engine.jobs().list(key(execution).execution()).get(0));
            assertThat(listed.failure().orElseThrow().cause())
                    .isEqualTo(status.failure().orElseThrow().cause());
        }
        return status.failure().orElseThrow();
    }

    @Test
    void program_endsWithCode3_isAppExitWithThatCode() {
        AttemptStatus status =
                engine.run(key("exit3"), engine.job("sh", "-c", "exit 3").build());

        assertThat(status.exitCode()).hasValue(3);
        assertThat(status.signal()).isEmpty();
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(FailureCause.APP_EXIT);
        assertThat(status.failure().orElseThrow().isRetryable()).isTrue();
    }

    @Test
    void program_needsMoreMemoryThanItsLimit_isOutOfMemory() {
        AttemptStatus status = engine.run(
                key("oom"),
                engine.job("sh", "-c", "x=a; while true; do x=$x$x; done")
                        .resources(Resources.of(CORE, MemorySize.mebibytes(16)))
                        .build());

        assertThat(status.exitCode()).hasValue(137);
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(FailureCause.OUT_OF_MEMORY);
        assertThat(status.failure().orElseThrow().message()).contains("16777216 bytes");
    }

    @Test
    void program_killedBySignal9FromInside_isAppExitAndNotOutOfMemory() {
        AttemptStatus status = engine.run(
                key("kill9"),
                engine.job("sh", "-c", "sh -c 'kill -9 $PPID'; sleep 5")
                        .initProcess(true)
                        .build());

        assertThat(status.failure().orElseThrow().cause()).isEqualTo(FailureCause.APP_EXIT);
        assertThat(status.exitCode()).hasValue(137);
        assertThat(status.signal()).hasValue(9);
    }

    @Test
    void image_thatNobodyHas_isImageNotFound() {
        Failure failure = failure(
                "noimage",
                JobSpec.builder("job").image("portolan-test/no-such-image:1").build());

        assertThat(failure.cause()).isIn(FailureCause.IMAGE_NOT_FOUND, FailureCause.IMAGE_AUTH);
        assertThat(failure.hint()).isPresent();
        assertThat(engine.jobs().list(key("noimage").execution())).isEmpty();
    }

    @Test
    void image_ofARegistryThatIsDown_isTransient() {
        Failure failure = failure(
                "downregistry",
                JobSpec.builder("job").image("127.0.0.1:1/some/image:1").build());

        assertThat(failure.cause()).isEqualTo(FailureCause.IMAGE_PULL_TRANSIENT);
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void image_forAnotherProcessor_isBadImage() {
        String other = engine.docker().versionCmd().exec().getArch().equals("arm64") ? "linux/amd64" : "linux/arm64";
        Failure failure = failure(
                "arch",
                engine.job("true")
                        .options(io.portolan.local.LocalOptions.NONE.platform(other))
                        .build());

        // Engines that try to pull the other variant first say that there is none.
        assertThat(failure.cause()).isIn(FailureCause.BAD_IMAGE, FailureCause.IMAGE_NOT_FOUND);
    }

    @Test
    void file_thatIsNoProgram_isBadImage() {
        Failure failure = failure(
                "format",
                engine.job("sh", "-c", "printf 'not a program' > /tmp/x; chmod 755 /tmp/x 2>/dev/null; exec /bin/x")
                        .build());

        assertThat(failure.cause()).isIn(FailureCause.APP_EXIT, FailureCause.BAD_IMAGE);
    }

    @Test
    void command_thatDoesNotExist_isBadCommandAndStaysSo() {
        Failure failure = failure("nocommand", engine.job("no-such-program").build());

        assertThat(failure.cause()).isEqualTo(FailureCause.BAD_COMMAND);
        assertThat(failure.nativeCode()).hasValue("127");
        assertThat(failure.message()).contains("no-such-program");
    }

    @Test
    void command_thatIsNotExecutable_isBadCommand() {
        assertThat(failure("notexecutable", engine.job("/etc/passwd").build()).cause())
                .isEqualTo(FailureCause.BAD_COMMAND);
    }

    @Test
    void user_thatTheImageDoesNotKnow_isBadImage() {
        assertThat(failure("nouser", engine.job("true").user("nobody-here").build())
                        .cause())
                .isEqualTo(FailureCause.BAD_IMAGE);
    }

    @Test
    void hostDirectory_thatDoesNotExist_isVolumeAndIsNotMade() {
        Failure failure = failure(
                "nodirectory",
                engine.job("true")
                        .volume("/in", Volume.hostDirectory("/no/such/directory-" + engine.application()))
                        .build());

        assertThat(failure.cause()).isEqualTo(FailureCause.VOLUME);
        assertThat(failure.message()).contains("/no/such/directory-");
    }

    @Test
    void hostDirectory_mountedOverAFile_isVolume() {
        assertThat(failure(
                                "overfile",
                                engine.job("true")
                                        .volume("/etc/passwd", Volume.hostDirectory("/tmp"))
                                        .build())
                        .cause())
                .isEqualTo(FailureCause.VOLUME);
    }

    @Test
    void secret_thatIsMissing_isSecretAndNamesThePlaces() {
        Failure failure = failure(
                "nosecret",
                engine.job("true")
                        .secretEnv("PASSWORD", SecretRef.named("no-such-secret"))
                        .build());

        assertThat(failure.cause()).isEqualTo(FailureCause.SECRET);
        assertThat(failure.message())
                .contains("no-such-secret", "PORTOLAN_SECRET_NO_SUCH_SECRET", "portolan.local.secrets-dir");
        assertThat(engine.jobs().list(key("nosecret").execution())).isEmpty();
    }

    @Test
    void gpu_withoutARuntime_isPlacementWithAHint() {
        assertThat(engine.docker().infoCmd().exec().getRawValues().get("Runtimes"))
                .as("this test is for engines without an NVIDIA runtime")
                .asString()
                .doesNotContain("nvidia");
        Failure failure = failure(
                "gpu",
                engine.job("true")
                        .resources(Resources.of(CORE, MemorySize.mebibytes(64)).gpu(Gpu.of(GpuModel.NVIDIA_ANY, 1)))
                        .build());

        assertThat(failure.cause()).isEqualTo(FailureCause.PLACEMENT);
        assertThat(failure.hint()).get().asString().contains("NVIDIA Container Toolkit");
    }

    @Test
    void cpu_moreThanTheMachineHas_isPlacement() {
        Failure failure = failure(
                "cpus",
                engine.job("true")
                        .resources(Resources.of(Cpu.cores(100_000), MemorySize.mebibytes(64)))
                        .build());

        assertThat(failure.cause()).isEqualTo(FailureCause.PLACEMENT);
    }

    @Test
    void memoryVolume_thatIsFull_isSeenByTheProgram() {
        AttemptStatus status = engine.run(
                key("full"),
                engine.job("sh", "-c", "dd if=/dev/zero of=/scratch/x bs=64k count=64")
                        .volume("/scratch", Volume.inMemory(MemorySize.mebibytes(1)))
                        .build());

        assertThat(status.exitCode()).hasValue(1);
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(FailureCause.APP_EXIT);
    }

    @Test
    void limits_ofTheSpec_areThoseOfTheContainer() {
        AttemptStatus status = engine.run(
                key("limits"),
                engine.job(
                                "sh",
                                "-c",
                                "id -u; touch /x 2>/dev/null && exit 1; touch /data/x || exit 2; test $$ = 1 && exit 3; exit 0")
                        .user("1000:1000")
                        .readOnlyRootFilesystem(true)
                        .initProcess(true)
                        .volume("/data", Volume.inMemory(MemorySize.mebibytes(1)))
                        .resources(Resources.of(Cpu.millis(250), MemorySize.mebibytes(32)))
                        .build());
        com.github.dockerjava.api.model.HostConfig host = engine.docker()
                .inspectContainerCmd(status.nativeId().orElseThrow())
                .exec()
                .getHostConfig();

        assertThat(status.exitCode()).hasValue(0);
        assertThat(List.of(host.getNanoCPUs(), host.getMemory(), host.getMemorySwap(), host.getPidsLimit()))
                .containsExactly(250_000_000L, 32L << 20, 32L << 20, 4096L);
        assertThat(BusyboxImage.REFERENCE).isNotEmpty();
    }
}

package io.portolan.local.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import io.portolan.run.TaskStatus;
import io.portolan.spec.Cpu;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import io.portolan.spec.Volume;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Proves: engine unreachable, image missing, port taken, disk or memory limits hit: the documented cause, nothing left behind. A retry is
 * allowed in each of these jobs, so that a cause that no retry mends is seen to be tried once.
 */
@Tag("docker")
class LeftNothingIT {
    private final ProofEngine engine = ProofEngine.forNewApplication();

    @BeforeEach
    void prepare() {
        ProofImage.prepare(engine.client());
    }

    @AfterEach
    void clean() {
        engine.close();
    }

    @Test
    void engine_thatCannotBeReached_isUnavailable() {
        CloudConfig config = CloudConfig.builder(ProviderId.LOCAL)
                .application(engine.application())
                .set("docker-host", "unix:///nowhere/docker.sock")
                .engine(EngineSettings.DEFAULT.callRetries(4, Duration.ofMillis(10)))
                .build();
        try (Cloud cloud = Cloud.connect(config)) {
            assertThatThrownBy(() -> cloud.jobs().run(job("true").build()))
                    .isInstanceOfSatisfying(PortolanException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                        assertThat(e.isRetryable()).isTrue();
                        assertThat(e.attempts()).isEqualTo(4);
                    })
                    .hasMessageContaining("/nowhere/docker.sock");
        }
        assertThat(engine.owned()).isEmpty();
    }

    @Test
    void image_thatIsNowhere_isNotFound() {
        TaskStatus task = failed(job("true").image("portolan-proof/no-such-image:1"));
        assertThat(task.attempts()).hasSize(1);
        assertCause(task, FailureCause.IMAGE_NOT_FOUND);
        assertThat(task.failure().orElseThrow().message()).contains("portolan-proof/no-such-image:1");
    }

    @Test
    void command_thatDoesNotExist_isABadCommand() {
        TaskStatus task = failed(job("true").command("/bin/no-such-program"));
        assertThat(task.attempts()).hasSize(1);
        assertCause(task, FailureCause.BAD_COMMAND);
        assertThat(task.failure().orElseThrow().message()).contains("/bin/no-such-program");
    }

    @Test
    void hostDirectory_thatDoesNotExist_isAVolumeFailure() {
        TaskStatus task = failed(job("true").volume("/data", Volume.hostDirectory("/no/such/directory")));
        assertThat(task.attempts()).hasSize(1);
        assertCause(task, FailureCause.VOLUME);
        assertThat(task.failure().orElseThrow().message()).contains("/no/such/directory");
    }

    @Test
    void memoryLimit_whenHit_isOutOfMemoryAndNotAnExitCode() {
        TaskStatus task = failed(job("tail /dev/zero").resources(Resources.of(Cpu.cores(1), MemorySize.mebibytes(16))));
        assertThat(task.attempts()).hasSize(1);
        assertCause(task, FailureCause.OUT_OF_MEMORY);
    }

    @Test
    void process_thatIsKilledForAnotherReason_isNotOutOfMemory() {
        TaskStatus task = failed(job("kill -9 $$").maxRetries(0));
        assertCause(task, FailureCause.APP_EXIT);
        assertThat(task.exitCode()).hasValue(137);
    }

    @Test
    void diskLimit_whenHit_isTheExitCodeOfTheProcess() {
        TaskStatus task = failed(job("cat /dev/zero > /scratch/file || exit 28")
                .volume("/scratch", Volume.inMemory(MemorySize.mebibytes(1))));
        assertThat(task.attempts()).as("an exit code is tried again").hasSize(2);
        assertCause(task, FailureCause.APP_EXIT);
        assertThat(task.exitCode()).hasValue(28);
    }

    private static JobSpec.Builder job(String script) {
        return JobSpec.builder("failing")
                .image(ProofImage.NAME)
                .command("sh", "-c", script)
                .maxRetries(1);
    }

    /** Runs a job that fails, deletes it, and requires that nothing of it is left. */
    private TaskStatus failed(JobSpec.Builder spec) {
        try (Cloud cloud = engine.connect()) {
            JobExecution execution = cloud.jobs().run(spec.build(), ExecutionId.of("failing"));
            JobResult result = execution.await(Duration.ofMinutes(1));
            assertThat(result.phase()).as(result.toString()).isEqualTo(Phase.FAILED);
            execution.delete();
            assertThat(engine.owned()).isEmpty();
            assertThat(cloud.list()).isEmpty();
            return result.tasks().get(0);
        }
    }

    private static void assertCause(TaskStatus task, FailureCause cause) {
        Failure failure = task.failure().orElseThrow();
        assertThat(failure.cause()).as(failure.toString()).isEqualTo(cause);
        assertThat(failure.isRetryable()).isEqualTo(cause.isRetryable());
    }
}

package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.spi.TaskLauncher;
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProgram;
import io.portolan.testkit.fake.FakeProvider;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Attempts that a platform lists but knows nothing of any more, not even their native id. */
class GoneAttemptsTest {
    private static final JobSpec JOB = JobSpec.builder("etl").image("job:1").build();
    private static final ExecutionId RUN = ExecutionId.of("run-1");
    private static final CloudConfig CONFIG = CloudConfig.builder(FakeProvider.ID)
            .application("gone")
            .engine(EngineSettings.DEFAULT
                    .pollInterval(Duration.ofMillis(20), Duration.ofMillis(50))
                    .goneGrace(Duration.ofMillis(100)))
            .build();

    private static TaskLauncher forgetful(TaskLauncher good) {
        return new Forwarding.Launcher(good) {
            @Override
            public List<AttemptStatus> list(ExecutionId id) {
                return good.list(id).stream()
                        .map(status -> AttemptStatus.builder(status.key(), AttemptState.GONE)
                                .build())
                        .toList();
            }
        };
    }

    @Test
    void attempt_listedAsGoneWithoutItsId_isAFailureAfterTheGrace() {
        try (FakePlatform platform = FakePlatform.create()) {
            platform.program("job:1", FakeProgram.runsForever());
            try (Cloud first = Cloud.connect(CONFIG, FakeProvider.on(platform))) {
                JobExecution execution = first.jobs().run(JOB, RUN);
                Awaitility.await().until(() -> execution.status().phase() == Phase.RUNNING);
            }

            try (Cloud second = Cloud.connect(
                    CONFIG, Broken.jobs(GoneAttemptsTest::forgetful).apply(platform))) {
                JobResult result = second.jobs().run(JOB, RUN).await(Duration.ofSeconds(20));

                assertThat(result.phase()).isEqualTo(Phase.FAILED);
                assertThat(result.failure()).map(Failure::cause).contains(FailureCause.UNKNOWN);
            }
            assertThat(platform.attempts(RUN)).hasSize(1);
        }
    }
}

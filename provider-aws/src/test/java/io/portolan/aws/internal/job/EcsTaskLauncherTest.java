package io.portolan.aws.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.record.FakeLogs;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.RequestLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;

class EcsTaskLauncherTest {
    private static final String GROUP = "/portolan/shop/execution/nightly-1";

    private final FakeEcs ecs = new FakeEcs();
    private final FakeLogs logs = new FakeLogs();
    private final List<String> forgotten = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final EcsTaskLauncher launcher = connect();

    @BeforeEach
    void claim() {
        launcher.claim(new ExecutionRecord(Launches.ID, "etl", Launches.HASH, 3, "kind: job", now, false));
    }

    @Test
    void launch_ofAnAttempt_writesTheIntentBeforeTheRequest() {
        ecs.answers.add(SdkClientException.create("lost"));

        assertThatExceptionOfType(PortolanException.class).isThrownBy(() -> launcher.launch(Launches.launch(0, 0)));

        assertThat(logs.lines(GROUP)).containsExactly("{\"intent\":\"0/0\",\"at\":\"2026-11-22T10:00:00Z\"}");
    }

    @Test
    void launch_withoutAJournal_launchesNothing() {
        logs.putError = "ServiceUnavailableException";

        assertThatExceptionOfType(PortolanException.class)
                .isThrownBy(() -> launcher.launch(Launches.launch(0, 0)))
                .satisfies(e -> assertThat(e.isRetryable()).isTrue());
        assertThat(ecs.count(RunTaskRequest.class)).isZero();
    }

    @Test
    void launch_twice_isOneTask() {
        AttemptStatus first = launcher.launch(Launches.launch(0, 0));
        AttemptStatus second = launcher.launch(Launches.launch(0, 0));

        assertThat(first.state()).isEqualTo(AttemptState.STARTING);
        assertThat(second.nativeId()).isEqualTo(first.nativeId());
        assertThat(ecs.arns()).hasSize(1);
        assertThat(ecs.count(RunTaskRequest.class)).isOne();
    }

    @Test
    void launch_fromAnotherJvm_isTheSameTask() {
        String arn = launcher.launch(Launches.launch(0, 0)).nativeId().orElseThrow();

        assertThat(connect().launch(Launches.launch(0, 0)).nativeId()).hasValue(arn);
        assertThat(ecs.arns()).hasSize(1);
    }

    @Test
    void launch_underATokenThatStandsForAnotherRequest_takesItsTask() {
        String arn = launcher.launch(Launches.launch(0, 0)).nativeId().orElseThrow();
        ecs.answers.add(FakeEcs.conflict(arn));

        AttemptStatus status = connect().launch(Launches.launch(0, 0));

        assertThat(status.nativeId()).hasValue(arn);
        assertThat(status.state()).isEqualTo(AttemptState.STARTING);
    }

    @Test
    void launch_moreThanADayAfterAnIntentOfWhichNothingIsLeft_launchesNothing() {
        ecs.answers.add(SdkClientException.create("lost"));
        assertThatExceptionOfType(PortolanException.class).isThrownBy(() -> launcher.launch(Launches.launch(0, 0)));
        now = now.plus(Duration.ofHours(24));

        AttemptStatus status = connect().launch(Launches.launch(0, 0));

        assertThat(status.state()).isEqualTo(AttemptState.ENDED);
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(FailureCause.UNKNOWN);
        assertThat(status.failure().orElseThrow().isRetryable()).isFalse();
        assertThat(ecs.count(RunTaskRequest.class)).isOne();
    }

    @ParameterizedTest
    @CsvSource({"RESOURCE:MEMORY", "AGENT", "Capacity is unavailable at this time"})
    void launch_withoutAPlaceForNow_canBeRepeatedUnderTheSameToken(String reason) {
        ecs.answers.add(failures(reason));

        assertThatExceptionOfType(PortolanException.class)
                .isThrownBy(() -> launcher.launch(Launches.launch(0, 0)))
                .satisfies(e -> {
                    assertThat(e.isRetryable()).isTrue();
                    assertThat(e.nativeCode()).hasValue(reason);
                });
        assertThat(launcher.launch(Launches.launch(0, 0)).state()).isEqualTo(AttemptState.STARTING);
        assertThat(ecs.requests.stream()
                        .filter(RunTaskRequest.class::isInstance)
                        .map(r -> ((RunTaskRequest) r).clientToken())
                        .distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ATTRIBUTE, PLACEMENT",
        "Something new, PLACEMENT",
        "You've reached the limit on the number of tasks you can run concurrently, QUOTA"
    })
    void launch_withoutAnyPlace_endsTheAttempt(String reason, FailureCause cause) {
        ecs.answers.add(failures(reason));

        AttemptStatus status = launcher.launch(Launches.launch(0, 0));

        assertThat(status.state()).isEqualTo(AttemptState.ENDED);
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(cause);
        assertThat(connect().list(Launches.ID)).containsExactly(status);
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidParameterException, No Fargate configuration exists for given values., PLACEMENT",
        "ClientException, You've reached the limit on the number of vCPUs you can run concurrently, QUOTA",
        "ClusterNotFoundException, Cluster not found., PLACEMENT"
    })
    void launch_thatEcsRefuses_endsTheAttempt(String code, String message, FailureCause cause) {
        ecs.answers.add(FakeEcs.error(code, message));

        AttemptStatus status = launcher.launch(Launches.launch(0, 0));

        assertThat(status.state()).isEqualTo(AttemptState.ENDED);
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(cause);
        assertThat(status.failure().orElseThrow().nativeCode()).hasValue(code);
    }

    @Test
    void launch_withADefinitionThatIsInactive_canBeRepeatedWithANewOne() {
        ecs.answers.add(FakeEcs.error("ClientException", "TaskDefinition is inactive"));

        assertThatExceptionOfType(PortolanException.class)
                .isThrownBy(() -> launcher.launch(Launches.launch(0, 0)))
                .satisfies(e -> assertThat(e.isRetryable()).isTrue());
        assertThat(forgotten).containsExactly("arn:definition:1");
    }

    @Test
    void launch_withAnEmptyAnswer_isRepeatedUnderTheSameIdentityOnly() {
        ecs.answers.add(RunTaskResponse.builder().build());

        assertThatExceptionOfType(PortolanException.class)
                .isThrownBy(() -> launcher.launch(Launches.launch(0, 0)))
                .satisfies(e -> assertThat(e.retryability()).isEqualTo(Retryability.UNKNOWN_OUTCOME));
    }

    @Test
    void launch_afterTheExecutionWasDeletedAndStartedAgain_runsAgain() {
        String first = launcher.launch(Launches.launch(0, 0)).nativeId().orElseThrow();
        ecs.exit(first, 0);
        launcher.delete(Launches.ID);
        claim();

        assertThat(launcher.list(Launches.ID)).isEmpty();
        assertThat(launcher.launch(Launches.launch(0, 0)).nativeId().orElseThrow())
                .isNotEqualTo(first);
    }

    @Test
    void describe_ofManyAttempts_isOneRequestAndOneLineOfJournalForAll() {
        List<AttemptRef> refs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            refs.add(ref(launcher.launch(Launches.launch(i, 0))));
        }
        ecs.requests.clear();
        logs.requests.clear();

        assertThat(launcher.describe(refs)).hasSize(3);
        launcher.describe(refs);

        assertThat(ecs.count(DescribeTasksRequest.class)).isEqualTo(2);
        assertThat(logs.requests).containsExactly("PutLogEvents");
        assertThat(logs.lines(GROUP))
                .filteredOn(line -> line.contains("launched"))
                .hasSize(3);
    }

    @Test
    void describe_ofATaskThatIsNotVisibleYet_isStartingForAMinute() {
        AttemptRef ref = ref(launcher.launch(Launches.launch(0, 0)));
        ecs.hide(ref.nativeId());

        assertThat(launcher.describe(List.of(ref)).get(0).state()).isEqualTo(AttemptState.STARTING);
        now = now.plusSeconds(61);
        assertThat(launcher.describe(List.of(ref)).get(0).state()).isEqualTo(AttemptState.GONE);
        ecs.show(ref.nativeId());
        assertThat(launcher.describe(List.of(ref)).get(0).state()).isEqualTo(AttemptState.STARTING);
    }

    @Test
    void describe_ofATaskThatEcsForgot_isItsEnd() {
        AttemptRef ref = ref(launcher.launch(Launches.launch(0, 0)));
        ecs.exit(ref.nativeId(), 3);
        AttemptStatus ended = launcher.describe(List.of(ref)).get(0);
        ecs.hide(ref.nativeId());
        now = now.plus(Duration.ofHours(2));

        assertThat(ended.exitCode()).hasValue(3);
        assertThat(launcher.describe(List.of(ref))).containsExactly(ended);
        assertThat(connect().describe(List.of(ref))).containsExactly(ended);
        assertThat(connect().list(Launches.ID)).containsExactly(ended);
    }

    @Test
    void describe_ofAnOlderView_keepsTheNewer() {
        AttemptRef ref = ref(launcher.launch(Launches.launch(0, 0)));
        ecs.change(ref.nativeId(), t -> t.lastStatus("RUNNING").version(9L));
        launcher.describe(List.of(ref));
        ecs.change(ref.nativeId(), t -> t.lastStatus("PENDING").version(4L));

        assertThat(launcher.describe(List.of(ref)).get(0).state()).isEqualTo(AttemptState.RUNNING);
    }

    @Test
    void describe_withoutAJournal_worksAndWritesInALaterRound() {
        AttemptRef ref = ref(launcher.launch(Launches.launch(0, 0)));
        logs.putError = "ServiceUnavailableException";
        ecs.exit(ref.nativeId(), 0);

        assertThat(launcher.describe(List.of(ref)).get(0).isSuccess()).isTrue();
        logs.putError = "";
        launcher.describe(List.of(ref));

        assertThat(logs.lines(GROUP)).filteredOn(line -> line.contains("ended")).hasSize(1);
    }

    @Test
    void list_fromAnotherJvm_givesWhatRunsAndWhatEnded() {
        AttemptRef first = ref(launcher.launch(Launches.launch(0, 0)));
        AttemptRef second = ref(launcher.launch(Launches.launch(1, 0)));
        ecs.exit(first.nativeId(), 1);

        assertThat(connect().list(Launches.ID))
                .extracting(AttemptStatus::key, AttemptStatus::state)
                .containsExactlyInAnyOrder(
                        tuple(first.key(), AttemptState.ENDED), tuple(second.key(), AttemptState.STARTING));
    }

    @Test
    void list_whereEcsTakesOneFilterOnly_givesTheSame() {
        ecs.takesBothFilters = false;
        AttemptRef first = ref(launcher.launch(Launches.launch(0, 0)));
        ecs.exit(first.nativeId(), 1);

        assertThat(connect().list(Launches.ID)).hasSize(1);
    }

    @Test
    void list_ofAnIntentOnly_isPendingSoThatItIsLaunchedAgain() {
        ecs.answers.add(SdkClientException.create("lost"));
        assertThatExceptionOfType(PortolanException.class).isThrownBy(() -> launcher.launch(Launches.launch(0, 0)));

        AttemptStatus status = connect().list(Launches.ID).get(0);

        assertThat(status.state()).isEqualTo(AttemptState.PENDING);
        assertThat(launcher.describe(List.of(ref(status))).get(0).state()).isEqualTo(AttemptState.PENDING);
    }

    @Test
    void list_ofAnIntentOfACancelledExecution_isOverAfterAMinute() {
        ecs.answers.add(SdkClientException.create("lost"));
        assertThatExceptionOfType(PortolanException.class).isThrownBy(() -> launcher.launch(Launches.launch(0, 0)));
        launcher.markCancelled(Launches.ID);

        assertThat(launcher.list(Launches.ID).get(0).state()).isEqualTo(AttemptState.PENDING);
        now = now.plusSeconds(61);
        AttemptStatus status = launcher.list(Launches.ID).get(0);

        assertThat(status.state()).isEqualTo(AttemptState.ENDED);
        assertThat(status.stopReason()).hasValue(StopReason.CANCELLED);
    }

    @Test
    void stop_ofAnAttempt_recordsTheReasonFirstAndTellsEcs() {
        AttemptRef ref = ref(launcher.launch(Launches.launch(0, 0)));

        launcher.stop(ref, StopReason.TIMEOUT, Duration.ofSeconds(10));
        launcher.stop(ref, StopReason.CANCELLED, Duration.ofSeconds(10));

        assertThat(logs.lines(GROUP)).filteredOn(line -> line.contains("stop")).hasSize(1);
        assertThat(ecs.requests.stream()
                        .filter(StopTaskRequest.class::isInstance)
                        .map(r -> ((StopTaskRequest) r).reason()))
                .hasSize(2)
                .allMatch(reason -> reason.startsWith("portolan:TIMEOUT"));
        AttemptStatus status = connect().describe(List.of(ref)).get(0);
        assertThat(status.state()).isEqualTo(AttemptState.STOPPING);
        assertThat(status.stopReason()).hasValue(StopReason.TIMEOUT);
    }

    @Test
    void stop_withoutAJournal_stopsNothing() {
        AttemptRef ref = ref(launcher.launch(Launches.launch(0, 0)));
        logs.putError = "ServiceUnavailableException";

        assertThatExceptionOfType(PortolanException.class)
                .isThrownBy(() -> launcher.stop(ref, StopReason.TIMEOUT, Duration.ofSeconds(10)));
        assertThat(ecs.count(StopTaskRequest.class)).isZero();
    }

    @Test
    void stop_ofATaskThatEcsForgot_doesNothing() {
        launcher.stop(
                new AttemptRef(Launches.key(0, 0), "arn:aws:ecs:eu-central-1:123456789012:task/default/none"),
                StopReason.CANCELLED,
                Duration.ofSeconds(10));

        assertThat(ecs.count(StopTaskRequest.class)).isOne();
    }

    @Test
    void delete_ofAnExecutionThatRuns_stopsItsTasks() {
        AttemptRef ref = ref(launcher.launch(Launches.launch(0, 0)));

        launcher.delete(Launches.ID);
        launcher.delete(Launches.ID);

        assertThat(ecs.count(StopTaskRequest.class)).isOne();
        assertThat(launcher.find(Launches.ID)).isEmpty();
        assertThat(launcher.list(Launches.ID)).isEmpty();
        assertThat(launcher.describe(List.of(ref)).get(0).state()).isEqualTo(AttemptState.STOPPING);
    }

    @Test
    void launch_afterTheExecutionWasDeletedElsewhere_isAConflict() {
        connect().delete(Launches.ID);

        assertThatExceptionOfType(PortolanException.class)
                .isThrownBy(() -> launcher.launch(Launches.launch(0, 0)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(ecs.arns()).isEmpty();
    }

    @Test
    void taskArn_ofWhatWasLaunched_isKnownToAnotherJvm() {
        String arn = launcher.launch(Launches.launch(0, 0)).nativeId().orElseThrow();

        assertThat(connect().taskArn(Launches.ID, 0, 0)).hasValue(arn);
        assertThat(connect().taskArn(Launches.ID, 1, 0)).isEmpty();
    }

    private EcsTaskLauncher connect() {
        TaskStarter.Definitions definitions = new TaskStarter.Definitions() {
            @Override
            public String arnOf(RegisterTaskDefinitionRequest request) {
                return "arn:definition:1";
            }

            @Override
            public void forget(String arn) {
                forgotten.add(arn);
            }
        };
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new EcsTaskLauncher(
                () -> ecs,
                () -> logs,
                new AwsCalls(RequestLimits.NONE),
                definitions,
                () -> "eu-central-1",
                Launches.CONFIG,
                clock);
    }

    private static AttemptRef ref(AttemptStatus status) {
        return new AttemptRef(status.key(), status.nativeId().orElseThrow());
    }

    private static RunTaskResponse failures(String reason) {
        return RunTaskResponse.builder()
                .failures(Failure.builder().reason(reason).build())
                .build();
    }
}

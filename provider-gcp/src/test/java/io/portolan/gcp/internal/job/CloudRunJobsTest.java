package io.portolan.gcp.internal.job;

import static io.portolan.gcp.internal.job.Shapes.CONFIG;
import static io.portolan.gcp.internal.job.Shapes.ID;
import static io.portolan.gcp.internal.job.Shapes.completed;
import static io.portolan.gcp.internal.job.Shapes.exit;
import static io.portolan.gcp.internal.job.Shapes.failed;
import static io.portolan.gcp.internal.job.Shapes.record;
import static io.portolan.gcp.internal.job.Shapes.running;
import static io.portolan.gcp.internal.job.Shapes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Execution;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.id.ExecutionId;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.OwnedResource;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedStatus;
import io.portolan.spi.ProviderConfig;
import io.portolan.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloudRunJobsTest {
    private static final JobSpec SPEC = Shapes.job().build();
    private static final ExecutionId OTHER = ExecutionId.of("nightly-2");

    private final ManualClock clock = ManualClock.create();
    private final FakeRunJobs cloud = new FakeRunJobs(clock);
    private final List<Runnable> whileItWaits = new ArrayList<>();
    private final CloudRunJobs jobs = jobs(CONFIG);

    private CloudRunJobs jobs(ProviderConfig config) {
        return new CloudRunJobs(cloud, config, clock, time -> {
            clock.advance(time);
            if (!whileItWaits.isEmpty()) {
                whileItWaits.remove(0).run();
            }
        });
    }

    private ManagedStatus start(ExecutionId id) {
        return jobs.start(record(SPEC, id), SPEC);
    }

    private ManagedStatus described(ExecutionId id) {
        return jobs.describe(List.of(id)).get(0);
    }

    private void end(Condition.State state) {
        cloud.change(
                cloud.theExecution().getName(),
                execution -> execution.addConditions(completed(state)).setCompletionTime(Shapes.at(9)));
    }

    private static ErrorCode codeOf(Runnable call) {
        return catchThrowableOfType(PortolanException.class, call::run).code();
    }

    private static Failure failureOf(ManagedStatus status) {
        return status.tasks().get(0).failure().orElseThrow();
    }

    @Test
    void start_ofTheFirstExecution_makesTheJobWithATokenAndTheRecord() {
        ManagedStatus status = start(ID);

        Execution execution = cloud.theExecution();
        assertThat(status.nativeId()).isEqualTo(execution.getName());
        assertThat(execution.getName()).matches("projects/p/.*/jobs/shop-etl/executions/shop-etl-[a-z0-9]{13}");
        assertThat(execution
                        .getName()
                        .substring(execution.getName().lastIndexOf('/') + 1)
                        .length())
                .isLessThan(63);
        assertThat(jobs.find(ID)).contains(record(SPEC, ID));
        assertThat(cloud.theJob().getTemplate().getTemplate().hasMaxRetries()).isTrue();
        assertThat(cloud.count("CreateJob")).isEqualTo(1);
        assertThat(cloud.count("UpdateJob")).isZero();
    }

    @Test
    void start_ofTheNextExecution_replacesTheJobUnderItsEtag() {
        start(ID);
        start(OTHER);

        assertThat(cloud.made).hasSize(2).doesNotHaveDuplicates();
        assertThat(cloud.count("CreateJob")).isEqualTo(1);
        assertThat(cloud.count("UpdateJob")).isEqualTo(1);
    }

    @Test
    void start_again_attachesAndWritesNothing() {
        start(ID);
        cloud.requests.clear();

        start(ID);

        assertThat(cloud.made).hasSize(1);
        assertThat(cloud.requests).doesNotContain("CreateJob", "UpdateJob");
    }

    @Test
    void start_withAnotherSpec_isAConflict() {
        start(ID);
        JobSpec other = Shapes.job().env("DAY", "2").build();

        assertThat(codeOf(() -> jobs.start(record(other, ID), other))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(cloud.made).hasSize(1);
    }

    @Test
    void start_withAnotherSpec_whileTheFirstIsBeingMade_isAConflict() {
        cloud.slow();
        whileItWaits.add(() -> {
            JobSpec other = Shapes.job().env("DAY", "2").build();
            assertThat(codeOf(() -> jobs(CONFIG).start(record(other, ID), other)))
                    .isEqualTo(ErrorCode.CONFLICT);
            cloud.honour();
        });

        start(ID);

        assertThat(cloud.made).hasSize(1);
    }

    /** Every answer of a change may get lost; core calls again under the same id. */
    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "TIMEOUT", "PROVIDER_ERROR"})
    void start_whoseAnswerWasLost_startsOnce(ErrorCode lost) {
        cloud.lose("CreateJob", lost);
        assertThat(codeOf(() -> start(ID))).isEqualTo(lost);
        start(ID);
        cloud.lose("UpdateJob", lost);
        assertThat(codeOf(() -> start(OTHER))).isEqualTo(lost);
        start(OTHER);

        assertThat(cloud.made).hasSize(2).doesNotHaveDuplicates();
        assertThat(cloud.count("CreateJob")).isEqualTo(1);
        assertThat(cloud.count("UpdateJob")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "THROTTLED", "PERMISSION_DENIED"})
    void start_thatIsRefused_isAnError_andHasNoEffect(ErrorCode refused) {
        cloud.refuse("CreateJob", refused, "no");

        assertThat(codeOf(() -> start(ID))).isEqualTo(refused);
        assertThat(cloud.made).isEmpty();
    }

    @Test
    void start_whenSomebodyElseMadeTheJob_goesRoundAgain() {
        cloud.refuse("CreateJob", ErrorCode.ALREADY_EXISTS, "Resource 'shop-etl' already exists.");

        start(ID);

        assertThat(cloud.made).hasSize(1);
    }

    @Test
    void start_whenSomebodyElseChangedTheJob_goesRoundAgain() {
        start(ID);
        cloud.refuse("UpdateJob", ErrorCode.CONFLICT, "version");

        start(OTHER);

        assertThat(cloud.made).hasSize(2);
    }

    /** Two tokens at once would lose the first. */
    @Test
    void start_whileAnotherIsBeingHonoured_waitsForIt() {
        cloud.slow();
        whileItWaits.add(() -> {
            whileItWaits.add(() -> {
                assertThat(cloud.count("UpdateJob")).isZero();
                cloud.honour();
                whileItWaits.add(cloud::honour);
            });
            jobs(CONFIG).start(record(SPEC, OTHER), SPEC);
        });

        start(ID);

        assertThat(cloud.made).hasSize(2);
        assertThat(cloud.count("UpdateJob")).isEqualTo(1);
    }

    @Test
    void start_fromManySides_startsOnce() {
        List<CompletableFuture<ManagedStatus>> all = new ArrayList<>();
        for (int side = 0; side < 8; side++) {
            CloudRunJobs own = new CloudRunJobs(cloud, CONFIG, clock, time -> clock.advance(time));
            ExecutionId id = side % 2 == 0 ? ID : OTHER;
            all.add(CompletableFuture.supplyAsync(() -> own.start(record(SPEC, id), SPEC)));
        }
        all.forEach(CompletableFuture::join);

        assertThat(cloud.made).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void start_thatIsNeverHonoured_isQueued_andDescribedSo() {
        cloud.slow();

        ManagedStatus status = start(ID);

        assertThat(status.phase()).isEqualTo(Phase.QUEUED);
        assertThat(described(ID).phase()).isEqualTo(Phase.QUEUED);
        cloud.honour();
        assertThat(described(ID).nativeId()).isEqualTo(status.nativeId());
    }

    @Test
    void start_behindAnotherThatIsNeverHonoured_isUnavailable() {
        cloud.slow();
        start(ID);

        assertThat(codeOf(() -> start(OTHER))).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void start_underTheNameOfAForeignJob_isRefused() {
        start(ID);
        cloud.changeJob(job -> job.putLabels("managed-by", "somebody"));

        assertThat(codeOf(() -> start(OTHER))).isEqualTo(ErrorCode.ALREADY_EXISTS);
    }

    @Test
    void start_interrupted_isCancelled() {
        cloud.slow();
        CloudRunJobs interrupted = new CloudRunJobs(cloud, CONFIG, clock, time -> {
            throw new InterruptedException();
        });

        assertThat(codeOf(() -> interrupted.start(record(SPEC, ID), SPEC))).isEqualTo(ErrorCode.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void start_ofAJobThatNeverBecomesReady_isAFailedExecution_forEveryone() {
        cloud.failing(
                Condition.CommonReason.CONTAINER_MISSING, "Image 'europe-docker.pkg.dev/acme/etl/etl:1.4' not found.");

        ManagedStatus status = start(ID);

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(failureOf(status).cause()).isEqualTo(FailureCause.IMAGE_NOT_FOUND);
        assertThat(failureOf(status).nativeCode()).hasValue("CONTAINER_MISSING");
        assertThat(failureOf(status).message()).contains("etl:1.4' not found");
        assertThat(status.tasks().get(0).attempts()).hasSize(1);
        CloudRunJobs another = jobs(CONFIG);
        assertThat(another.find(ID)).contains(record(SPEC, ID));
        assertThat(another.describe(List.of(ID)))
                .extracting(ManagedStatus::phase)
                .containsExactly(Phase.FAILED);
        assertThat(another.start(record(SPEC, ID), SPEC).phase()).isEqualTo(Phase.FAILED);
        assertThat(another.executions()).containsExactly(record(SPEC, ID));
        assertThat(cloud.count("CreateJob")).isEqualTo(1);
    }

    @Test
    void start_afterOneThatNeverBecameReady_goesOn() {
        cloud.failing(Condition.CommonReason.CONTAINER_MISSING, "Image not found.");
        start(ID);

        ManagedStatus status = start(OTHER);

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(cloud.count("UpdateJob")).isEqualTo(1);
    }

    @Test
    void start_whoseImageIsRefusedAtOnce_isAFailedExecution() {
        cloud.refuse(
                "CreateJob",
                ErrorCode.INVALID_ARGUMENT,
                "Container manifest type 'application/vnd.oci.image.index.v1+json' must support amd64/linux.");

        ManagedStatus status = start(ID);

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(failureOf(status).cause()).isEqualTo(FailureCause.BAD_IMAGE);
    }

    @Test
    void start_ofSomethingElseThatIsInvalid_isAnError() {
        cloud.refuse("CreateJob", ErrorCode.INVALID_ARGUMENT, "The following reserved env names were provided: PORT");

        assertThat(codeOf(() -> start(ID))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void describe_whileItRuns_asksForTasksOnlyWhenTheCountsChange() {
        JobSpec spec = Shapes.job().tasks(2).maxRetries(0).build();
        jobs.start(record(spec, ID), spec);
        String name = cloud.theExecution().getName();
        cloud.tasks(name, running(0).build(), Shapes.task(1).build());
        cloud.change(name, execution -> execution.setRunningCount(1).setStartTime(Shapes.at(1)));
        cloud.requests.clear();

        for (int round = 0; round < 5; round++) {
            ManagedStatus status = described(ID);
            assertThat(status.phase()).isEqualTo(Phase.RUNNING);
            assertThat(status.tasks()).extracting(task -> task.phase()).containsExactly(Phase.RUNNING, Phase.QUEUED);
        }

        assertThat(cloud.count("ListTasks")).isEqualTo(1);
        assertThat(cloud.count("GetExecution")).isEqualTo(5);
        assertThat(cloud.count("ListJobs")).isZero();
    }

    @Test
    void describe_atTheEnd_hasAllTasks_andIsNotAskedForAgain() {
        JobSpec spec = Shapes.job().tasks(2).build();
        jobs.start(record(spec, ID), spec);
        cloud.tasks(
                cloud.theExecution().getName(),
                succeeded(0).build(),
                failed(1, exit(3)).build());
        end(Condition.State.CONDITION_FAILED);

        ManagedStatus status = described(ID);
        cloud.requests.clear();

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(status.tasks().get(1).exitCode()).hasValue(3);
        assertThat(described(ID)).isEqualTo(status);
        assertThat(cloud.requests).isEmpty();
    }

    @Test
    void describe_ofMany_readsTheListOnce() {
        List<ExecutionId> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(ExecutionId.of("batch-" + i));
            start(ids.get(i));
        }
        cloud.requests.clear();

        assertThat(jobs.describe(ids)).hasSize(20);
        assertThat(cloud.count("ListExecutions")).isEqualTo(1);
        assertThat(cloud.count("GetExecution")).isZero();
    }

    @Test
    void describe_ofWhatNobodyStarted_isNothing() {
        start(ID);

        assertThat(jobs.describe(List.of(OTHER))).isEmpty();
        assertThat(jobs.find(OTHER)).isEmpty();
    }

    /** The platform keeps a thousand executions of a job. */
    @Test
    void describe_ofWhatIsGone_endsAfterAWhile() {
        start(ID);
        cloud.forget(cloud.theExecution().getName());

        assertThat(jobs.describe(List.of(ID))).isEmpty();
        clock.advance(Duration.ofSeconds(31));
        ManagedStatus status = described(ID);

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(failureOf(status).cause()).isEqualTo(FailureCause.UNKNOWN);
        assertThat(jobs.find(ID)).isEmpty();
    }

    @Test
    void find_fromAnotherJvm_findsItByTheJobsOfTheApplication() {
        start(ID);
        JobSpec second = JobSpec.builder("load")
                .image("europe-docker.pkg.dev/acme/etl/etl:1.4")
                .build();
        jobs.start(record(second, OTHER), second);

        CloudRunJobs another = jobs(CONFIG);

        assertThat(another.find(OTHER)).map(ExecutionRecord::job).contains("load");
        assertThat(another.executions()).extracting(ExecutionRecord::id).containsExactly(ID, OTHER);
        assertThat(jobs(new ProviderConfig(
                                "other", GcpKeys.ALL, Map.of(GcpKeys.PROJECT, "p", GcpKeys.REGION, "europe-west1")))
                        .find(ID))
                .isEmpty();
    }

    @Test
    void execution_thatSomebodyStartedByHand_isNotOurs() {
        start(ID);
        Execution ours = cloud.theExecution();
        cloud.change(ours.getName(), execution -> execution.setName(ours.getName() + "x"));

        assertThat(jobs.executions()).isEmpty();
    }

    @Test
    void cancel_running_isAskedForOnce() {
        start(ID);

        jobs.cancel(ID);
        jobs.cancel(ID);

        assertThat(cloud.count("CancelExecution")).isEqualTo(1);
        assertThat(described(ID).phase()).isEqualTo(Phase.STOPPING);
        assertThat(jobs.find(ID)).map(ExecutionRecord::cancelled).contains(true);
    }

    @Test
    void cancel_ofWhatIsOver_changesNothing() {
        start(ID);
        end(Condition.State.CONDITION_SUCCEEDED);

        jobs.cancel(ID);

        assertThat(cloud.count("CancelExecution")).isZero();
        assertThat(described(ID).phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void cancel_thatIsRefusedBecauseItIsOverMeanwhile_isNoError() {
        start(ID);
        cloud.refuse("CancelExecution", ErrorCode.INVALID_ARGUMENT, "not running");
        assertThat(codeOf(() -> jobs.cancel(ID))).isEqualTo(ErrorCode.INVALID_ARGUMENT);

        cloud.refuse("CancelExecution", ErrorCode.INVALID_ARGUMENT, "not running");
        String name = cloud.theExecution().getName();
        FakeRunJobs raced = cloud;
        CloudRunJobs other = jobs(CONFIG);
        other.find(ID);
        raced.change(name, execution -> execution.addConditions(completed(Condition.State.CONDITION_SUCCEEDED)));
        other.cancel(ID);
    }

    @Test
    void cancel_ofWhatIsBeingMade_mayBeTriedAgain() {
        cloud.slow();
        start(ID);

        PortolanException error = catchThrowableOfType(PortolanException.class, () -> jobs.cancel(ID));

        assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(error.isRetryable()).isTrue();
    }

    @Test
    void cancel_ofWhatNobodyStarted_changesNothing() {
        jobs.cancel(ID);

        assertThat(cloud.requests).containsOnly("ListJobs");
    }

    @Test
    void delete_running_isAConflict() {
        start(ID);

        assertThat(codeOf(() -> jobs.delete(ID))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void delete_ofTheLastExecution_takesTheJobToo() {
        start(ID);
        end(Condition.State.CONDITION_SUCCEEDED);

        jobs.delete(ID);
        jobs.delete(ID);

        assertThat(jobs.find(ID)).isEmpty();
        assertThat(jobs.objects().list()).isEmpty();
    }

    @Test
    void delete_ofOneOfMany_leavesTheJobWithoutItsToken() {
        start(OTHER);
        start(ID);
        cloud.made.clear();
        cloud.change(
                new ExecutionName(Shapes.JOB, cloud.theJob().getStartExecutionToken()).full(),
                execution -> execution.addConditions(completed(Condition.State.CONDITION_SUCCEEDED)));

        jobs.delete(ID);

        assertThat(jobs.executions()).extracting(ExecutionRecord::id).containsExactly(OTHER);
        assertThat(cloud.theJob().getStartExecutionToken()).isEmpty();
        assertThat(cloud.theJob().getTemplate().getTemplate().getContainersCount())
                .isEqualTo(1);
        start(ID);
        assertThat(cloud.made).hasSize(1);
    }

    @Test
    void delete_ofAnExecutionThatWasNeverMade_takesTheJob() {
        cloud.failing(Condition.CommonReason.SECRETS_ACCESS_CHECK_FAILED, "Permission denied on secret");
        assertThat(failureOf(start(ID)).cause()).isEqualTo(FailureCause.SECRET);

        jobs.delete(ID);

        assertThat(jobs.objects().list()).isEmpty();
    }

    @Test
    void start_afterADeletionByOthers_startsAgain() {
        start(ID);
        cloud.forget(cloud.theExecution().getName());

        start(ID);

        assertThat(cloud.made).hasSize(2);
    }

    @Test
    void list_hasJobsAndExecutions_withOurLabels() {
        start(ID);

        assertThat(jobs.objects().list()).extracting(OwnedResource::kind).containsExactly("job", "execution");
        assertThat(jobs.objects().list())
                .allSatisfy(own -> assertThat(own.labels()).containsEntry("managed-by", "portolan"));
    }

    @Test
    void prune_ofAJobThatHasNothingRunning_takesItAsAWhole() {
        start(ID);
        end(Condition.State.CONDITION_SUCCEEDED);
        int before = jobs.objects().list().size();

        assertThat(jobs.objects().prune(true).removed()).hasSize(before);
        assertThat(jobs.objects().list()).hasSize(before);
        assertThat(jobs.objects().prune(false).failed()).isEmpty();
        assertThat(jobs.objects().list()).isEmpty();
        assertThat(cloud.count("DeleteExecution")).isZero();
    }

    @Test
    void prune_ofAJobThatRuns_takesOnlyWhatIsOver() {
        start(ID);
        end(Condition.State.CONDITION_FAILED);
        start(OTHER);

        assertThat(jobs.objects().prune(false).removed())
                .extracting(OwnedResource::name)
                .containsExactly("nightly-1");
        assertThat(jobs.executions()).extracting(ExecutionRecord::id).containsExactly(OTHER);
    }

    @Test
    void prune_whileSomebodyStarts_leavesTheJob() {
        start(ID);
        end(Condition.State.CONDITION_SUCCEEDED);
        cloud.refuse("DeleteJob", ErrorCode.CONFLICT, "version");

        assertThat(jobs.objects().prune(false).failed()).isEmpty();
        assertThat(cloud.theJob()).isNotNull();
    }

    @Test
    void record_thatIsTooLong_isRefusedBeforeAnyRequest() {
        JobSpec spec = Shapes.job().build();
        ExecutionRecord known = record(spec, ID);
        ExecutionRecord huge = new ExecutionRecord(
                known.id(), known.job(), known.specHash(), 1, "x".repeat(300_000), known.createdAt(), false);

        assertThatThrownBy(() -> jobs.start(huge, spec)).hasMessageContaining("too long");
        assertThat(cloud.requests).isEmpty();
    }

    @Test
    void view_ofAnExecution_hasItsNames_andItsEndOnceItIsOver() {
        start(ID);
        ExecutionView running = jobs.view(ID).orElseThrow();
        cloud.tasks(cloud.theExecution().getName(), succeeded(0).build());
        end(Condition.State.CONDITION_SUCCEEDED);
        clock.advance(Duration.ofSeconds(3));

        ExecutionView over = jobs.view(ID).orElseThrow();

        assertThat(running.job()).isEqualTo("shop-etl");
        assertThat(running.execution()).startsWith("shop-etl-");
        assertThat(running.endedAt()).isEmpty();
        assertThat(over.endedAt()).contains(Shapes.CREATED.plusSeconds(9));
        assertThat(over.endedAt(0, 0)).contains(Shapes.CREATED.plusSeconds(9));
        assertThat(over.endedAt(1, 0)).isEmpty();
        assertThat(jobs.view(OTHER)).isEmpty();
    }
}

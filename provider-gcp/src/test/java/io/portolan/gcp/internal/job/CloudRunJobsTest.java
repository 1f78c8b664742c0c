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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Execution;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.id.ExecutionId;
import io.portolan.run.FailureCause;
import io.portolan.run.OwnedResource;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedStatus;
import io.portolan.spi.ProviderConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudRunJobsTest extends JobsFixture {
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

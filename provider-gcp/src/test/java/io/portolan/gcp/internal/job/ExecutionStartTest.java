package io.portolan.gcp.internal.job;

import static io.portolan.gcp.internal.job.Shapes.CONFIG;
import static io.portolan.gcp.internal.job.Shapes.ID;
import static io.portolan.gcp.internal.job.Shapes.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Execution;
import io.portolan.error.ErrorCode;
import io.portolan.id.ExecutionId;
import io.portolan.run.FailureCause;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One id is one execution, whoever starts it and whatever gets lost. */
class ExecutionStartTest extends JobsFixture {
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
        cloud.requests.clear();
        start(OTHER);

        assertThat(cloud.made).hasSize(2).doesNotHaveDuplicates();
        assertThat(cloud.requests).containsExactly("GetExecution", "GetJob", "UpdateJob", "GetExecution", "ListTasks");
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
    void start_afterADeletionByOthers_startsAgain() {
        start(ID);
        cloud.forget(cloud.theExecution().getName());

        start(ID);

        assertThat(cloud.made).hasSize(2);
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
}

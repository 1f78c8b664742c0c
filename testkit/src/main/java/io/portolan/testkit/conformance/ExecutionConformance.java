package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.Cloud;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.portability.Capability;
import io.portolan.run.AttemptStatus;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.spec.Volume;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The identity of executions: one id runs once, whoever starts it and how often. */
@Needs(Capability.JOBS)
@DisplayName("Executions")
public abstract class ExecutionConformance extends Conformance {
    private static final String MARKS = "/marks/all";

    /** For subclasses. */
    protected ExecutionConformance() {}

    private static ErrorCode codeOf(Runnable call) {
        PortolanException thrown = catchThrowableOfType(PortolanException.class, call::run);
        assertThat(thrown).as("an error of the call").isNotNull();
        return thrown.code();
    }

    private static Stream<AttemptStatus> attempts(JobResult result) {
        return result.tasks().stream().flatMap(t -> t.attempts().stream());
    }

    @Nested
    @DisplayName("The same id")
    class SameId {
        @Test
        @DisplayName("while it runs attaches to the same execution")
        void id_startedAgainWhileItRuns_attaches() {
            JobSpec spec = job(sleepFor(2)).build();
            ExecutionId id = newId();

            JobExecution first = cloud().jobs().run(spec, id);
            JobExecution second = anotherCloud().jobs().run(spec, id);

            JobResult result = second.await(limit());
            assertThat(attempts(result)).hasSize(1);
            assertThat(first.await(limit())).isEqualTo(result);
            assertThat(texts(second)).containsExactly("started");
        }

        @Test
        @DisplayName("after the end gives the result and runs nothing")
        void id_startedAgainAfterTheEnd_doesNotRunAgain() {
            JobSpec spec = job(TestProgram.Print.of("once")).build();
            ExecutionId id = newId();
            JobResult first = cloud().jobs().run(spec, id).await(limit());

            JobExecution again = anotherCloud().jobs().run(spec, id);

            JobResult second = again.await(limit());
            assertThat(second.phase()).isEqualTo(Phase.SUCCEEDED);
            assertThat(attempts(second).map(AttemptStatus::nativeId))
                    .containsExactlyElementsOf(
                            attempts(first).map(AttemptStatus::nativeId).toList());
            assertThat(attempts(second).map(a -> a.timings().startedAt()))
                    .containsExactlyElementsOf(
                            attempts(first).map(a -> a.timings().startedAt()).toList());
            assertThat(texts(again)).containsExactly("once");
        }

        @Test
        @Needs({Capability.PARALLEL_TASKS, Capability.NAMED_VOLUMES})
        @DisplayName("from two connections at once runs every task once")
        void id_startedFromTwoSides_runsOnce() {
            JobSpec spec = job(new TestProgram.AppendMark(MARKS))
                    .volume("/marks", Volume.named("marks"))
                    .tasks(4)
                    .parallelism(2)
                    .build();
            ExecutionId id = newId();
            List<Cloud> clouds = List.of(cloud(), anotherCloud());
            CyclicBarrier together = new CyclicBarrier(clouds.size());

            List<CompletableFuture<JobResult>> both = clouds.stream()
                    .map(c -> CompletableFuture.supplyAsync(() -> {
                        Parties.await(together);
                        return c.jobs().run(spec, id).await(limit());
                    }))
                    .toList();

            assertThat(both).allSatisfy(r -> assertThat(r.join().isSucceeded()).isTrue());
            assertThat(marks()).containsExactlyInAnyOrder("0/0", "1/0", "2/0", "3/0");
        }

        private List<String> marks() {
            return output(job(new TestProgram.ReadFile(MARKS)).volume("/marks", Volume.named("marks")));
        }

        @Test
        @DisplayName("with another spec is a conflict, and the first goes on")
        void id_withAnotherSpec_isAConflict() {
            ExecutionId id = newId();
            JobSpec spec = job(sleepFor(1)).build();
            JobSpec other = spec.toBuilder().env("DAY", "2").build();
            JobExecution first = cloud().jobs().run(spec, id);

            assertThat(codeOf(() -> cloud().jobs().run(other, id))).isEqualTo(ErrorCode.CONFLICT);
            assertThat(codeOf(() -> anotherCloud().jobs().run(other, id))).isEqualTo(ErrorCode.CONFLICT);
            assertThat(first.await(limit()).isSucceeded()).isTrue();
            assertThat(codeOf(() -> anotherCloud().jobs().run(other, id))).isEqualTo(ErrorCode.CONFLICT);
        }

        @Test
        @DisplayName("is free again once the execution was deleted")
        void id_afterDeletion_isFree() {
            ExecutionId id = newId();
            JobExecution first = cloud().jobs().run(job(new TestProgram.Exit(0)).build(), id);
            first.await(limit());

            first.delete();
            first.delete();
            JobResult second =
                    cloud().jobs().run(job(new TestProgram.Exit(5)).build(), id).await(limit());

            assertThat(second.tasks().get(0).exitCode()).hasValue(5);
        }
    }

    @Nested
    @DisplayName("An execution")
    class Life {
        @Test
        @Needs(Capability.PARALLEL_TASKS)
        @DisplayName("outlives its connection: whoever finds it by its id brings it to its end")
        void execution_afterItsConnectionClosed_isFoundAndEnds() {
            Cloud starter = anotherCloud();
            JobSpec spec = job(sleepFor(1)).tasks(3).parallelism(1).build();
            ExecutionId id = newId();
            JobExecution started = starter.jobs().run(spec, id);
            CompletableFuture<JobResult> future = started.completion();
            starter.close();

            JobResult result = cloud().jobs().find(id).orElseThrow().await(limit());

            assertThat(result.isSucceeded()).as(result.toString()).isTrue();
            assertThat(attempts(result)).hasSize(3);
            assertThat(future).isCompletedExceptionally();
            assertThat(codeOf(() -> started.await(limit()))).isEqualTo(ErrorCode.CANCELLED);
        }

        @Test
        @DisplayName("is listed and found until it is deleted")
        void execution_untilDeleted_isListed() {
            ExecutionId id = newId();
            JobExecution execution =
                    cloud().jobs().run(job(new TestProgram.Exit(0)).build(), id);
            execution.await(limit());

            assertThat(cloud().jobs().list()).contains(id);
            assertThat(anotherCloud().jobs().find(id)).map(JobExecution::job).contains(execution.job());
            execution.delete();

            assertThat(cloud().jobs().list()).doesNotContain(id);
            assertThat(cloud().jobs().find(id)).isEmpty();
        }

        @Test
        @DisplayName("that nobody started is not found")
        void execution_unknown_isNotFound() {
            assertThat(cloud().jobs().find(newId())).isEmpty();
        }

        @Test
        @DisplayName("cannot be deleted while it runs")
        void execution_running_cannotBeDeleted() {
            JobExecution execution = cloud().jobs().run(job(sleepFor(1)).build(), newId());

            assertThat(codeOf(execution::delete)).isEqualTo(ErrorCode.CONFLICT);
            assertThat(execution.await(limit()).isSucceeded()).isTrue();
        }

        @Test
        @DisplayName("without an id of the caller's choice gets a new one each time")
        void execution_withoutAnId_getsANewOne() {
            JobSpec spec = job(new TestProgram.Exit(0)).build();

            JobExecution one = cloud().jobs().run(spec);
            JobExecution two = cloud().jobs().run(spec);

            assertThat(one.id()).isNotEqualTo(two.id());
            assertThat(one.await(limit()).isSucceeded()).isTrue();
            assertThat(two.await(limit()).isSucceeded()).isTrue();
        }

        @Test
        @DisplayName("belongs to its application: another one does not see it")
        void execution_ofAnotherApplication_isNotSeen() {
            ExecutionId id = newId();
            cloud().jobs().run(job(new TestProgram.Exit(0)).build(), id).await(limit());
            Cloud other = cloudOfAnotherApplication();

            assertThat(other.jobs().list()).isEmpty();
            assertThat(other.jobs().find(id)).isEmpty();
            assertThat(other.prune().removed()).isEmpty();
            assertThat(cloud().jobs().find(id)).isPresent();
        }
    }

    @Nested
    @DisplayName("What the SDK made")
    class Leftovers {
        @Test
        @DisplayName("is listed with our labels, and pruning removes what is over and nothing else")
        void prune_afterTheEnd_removesWhatIsOver() {
            ExecutionId over = newId();
            cloud().jobs().run(job(new TestProgram.Exit(0)).build(), over).await(limit());
            ExecutionId running = newId();
            JobExecution second = cloud().jobs().run(job(sleepFor(4)).build(), running);

            int before = cloud().list().size();
            assertThat(before).isPositive();
            assertThat(cloud().prune(true).removed()).isNotEmpty();
            assertThat(cloud().list()).hasSize(before);
            assertThat(cloud().prune().failed()).isEmpty();

            assertThat(anotherCloud().jobs().list()).containsExactly(running);
            assertThat(second.await(limit()).isSucceeded()).isTrue();
            cloud().prune();
            assertThat(cloud().list()).isEmpty();
        }

        @Test
        @DisplayName("is gone once all executions were deleted, however they ended")
        void delete_allExecutions_leavesNothing() {
            IntStream.of(0, 3).forEach(code -> {
                JobExecution execution =
                        cloud().jobs().run(job(new TestProgram.Exit(code)).build(), newId());
                execution.await(limit());
                execution.delete();
            });
            JobExecution missing =
                    cloud().jobs().run(job(new TestProgram.MissingImage()).build(), newId());
            missing.await(limit());
            missing.delete();

            assertThat(cloud().list()).isEmpty();
        }
    }
}

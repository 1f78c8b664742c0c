package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.Violation;
import io.portolan.portability.Capability;
import io.portolan.run.JobExecution;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What goes wrong is said with a code, for what, and how to mend it. */
@DisplayName("Errors")
public abstract class ErrorConformance extends Conformance {
    /** For subclasses. */
    protected ErrorConformance() {}

    private static PortolanException thrown(Executable call) {
        PortolanException thrown = catchThrowableOfType(PortolanException.class, call::execute);
        assertThat(thrown).as("a PortolanException").isNotNull();
        return thrown;
    }

    @Nested
    @DisplayName("A platform that does not answer")
    class Unreachable {
        private void isUnavailable(Executable call) {
            PortolanException thrown = thrown(call);

            assertThat(thrown.code()).as(thrown.getMessage()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(thrown.isRetryable()).isTrue();
            assertThat(thrown.provider()).contains(harness().provider().id().value());
            assertThat(thrown.operation()).isPresent();
            assertThat(thrown.getMessage()).isNotBlank();
        }

        @Test
        @DisplayName("does not keep a cloud from being opened and closed")
        void connect_toNobody_works() {
            assertThatCode(() -> unreachableCloud().close()).doesNotThrowAnyException();
        }

        @Test
        @Needs(value = Capability.JOBS, tellsALack = false)
        @DisplayName("is UNAVAILABLE for jobs")
        void jobs_atNobody_areUnavailable() {
            Cloud away = unreachableCloud();

            isUnavailable(() -> away.jobs().run(job(new TestProgram.Exit(0)).build(), newId()));
            isUnavailable(() -> away.jobs().find(newId()));
            isUnavailable(away.jobs()::list);
        }

        @Test
        @Needs(value = Capability.SERVICES, tellsALack = false)
        @DisplayName("is UNAVAILABLE for services")
        void services_atNobody_areUnavailable() {
            Cloud away = unreachableCloud();
            ServiceSpec spec = service(TestProgram.HttpEcho.now()).build();

            isUnavailable(() -> away.services().status("web"));
            isUnavailable(() -> away.services().deploy(spec).awaitReady(limit()));
        }

        @Test
        @DisplayName("is UNAVAILABLE for what the SDK made")
        void list_atNobody_isUnavailable() {
            Cloud away = unreachableCloud();

            isUnavailable(away::list);
            isUnavailable(away::prune);
        }
    }

    @Nested
    @DisplayName("A wrong spec")
    class WrongSpec {
        @Test
        @DisplayName("is told with all its violations at once, each with path, value, rule and fix")
        void job_withManyMistakes_tellsThemAll() {
            InvalidSpecException thrown = catchThrowableOfType(
                    InvalidSpecException.class,
                    () -> JobSpec.builder("Not A Name")
                            .env("1BAD", "x")
                            .env("PORT", "1")
                            .tasks(0)
                            .maxRetries(-1)
                            .timeout(Duration.ofMillis(1))
                            .label("Team", "with spaces")
                            .build());

            assertThat(thrown.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
            assertThat(thrown.violations())
                    .extracting(Violation::path)
                    .contains("name", "image", "env.1BAD", "env.PORT", "tasks", "maxRetries", "timeout", "labels.Team");
            assertThat(thrown.violations()).allSatisfy(v -> {
                assertThat(Stream.of(v.path(), v.rule(), v.fix())).noneMatch(String::isBlank);
                assertThat(thrown.getMessage()).contains(v.path()).contains(v.fix());
            });
        }
    }

    @Nested
    @DisplayName("A wrong configuration")
    class WrongConfiguration {
        @Test
        @DisplayName("is told with all unknown keys at once, before anything is opened")
        void config_withUnknownKeys_tellsThemAll() {
            CloudConfig wrong = harness().config(application()).toBuilder()
                    .set("no-such-key", "1")
                    .set("nor-this", "2")
                    .build();

            InvalidSpecException thrown = catchThrowableOfType(
                    InvalidSpecException.class,
                    () -> Cloud.connect(wrong, harness().provider()));

            assertThat(thrown).isNotNull();
            assertThat(thrown.getMessage()).contains("no-such-key").contains("nor-this");
        }
    }

    @Nested
    @DisplayName("A closed cloud")
    class Closed {
        @Test
        @DisplayName("may be closed again, and ends the waits of its executions")
        void close_whileWaiting_endsTheWaits() {
            Cloud closed = anotherCloud();
            JobExecution execution = closed.jobs().run(job(sleepFor(2)).build(), newId());

            closed.close();
            closed.close();

            assertThat(thrown(() -> execution.await(limit())).code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(execution.completion()).isCompletedExceptionally();
        }
    }

    @Nested
    @DisplayName("An interrupted wait")
    class Interrupted {
        @Test
        @DisplayName("is CANCELLED, keeps the interrupt, and lets the execution go on")
        void await_interrupted_isCancelled() throws InterruptedException {
            JobExecution execution = cloud().jobs().run(job(sleepFor(1)).build(), newId());
            List<Object> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
            Thread waiter = new Thread(() -> {
                try {
                    execution.await(limit());
                } catch (PortolanException e) {
                    seen.add(e.code());
                    seen.add(Thread.currentThread().isInterrupted());
                }
            });
            waiter.start();
            waiter.interrupt();
            waiter.join();

            assertThat(seen).containsExactly(ErrorCode.CANCELLED, true);
            assertThat(execution.await(limit()).isSucceeded()).isTrue();
        }
    }
}

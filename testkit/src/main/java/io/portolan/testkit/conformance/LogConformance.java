package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.portability.Capability;
import io.portolan.run.JobExecution;
import io.portolan.run.LogCursor;
import io.portolan.run.LogFollower;
import io.portolan.run.LogLine;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Log lines: all of them, once, in order, while they are written and afterwards. */
@Needs({Capability.JOBS, Capability.LOG_FOLLOW})
@DisplayName("Logs")
public abstract class LogConformance extends Conformance {
    private static final Duration NO_PAUSE = Duration.ZERO;

    /** For subclasses. */
    protected LogConformance() {}

    private JobExecution start(TestProgram program) {
        return cloud().jobs().run(job(program).build(), newId());
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i).toList();
    }

    @Nested
    @DisplayName("Lines")
    class Lines {
        @Test
        @DisplayName("come complete, once and in their order")
        void lines_many_comeInOrder() {
            assertThat(texts(start(new TestProgram.PrintMany(3000, NO_PAUSE))))
                    .containsExactlyElementsOf(numbered(3000));
        }

        @Test
        @DisplayName("come as they were written: unicode, spaces, escapes, empty lines")
        void lines_ofAnyText_comeAsTheyAre() {
            List<String> texts =
                    List.of("naïve – 漢字 🚢", "  indented\tand tabbed  ", "", "\"quoted\" \\n %s {}", "last");

            assertThat(texts(start(new TestProgram.Print(texts))))
                    .containsExactlyElementsOf(texts.stream()
                            .filter(text -> harness().keepsEmptyLines() || !text.isEmpty())
                            .toList());
        }

        @Test
        @DisplayName("that are long come in one piece")
        void line_long_comesInOnePiece() {
            assertThat(texts(start(new TestProgram.PrintLong(40_000)))).containsExactly("x".repeat(40_000));
        }

        @Test
        @DisplayName("tell their stream, their task and their time")
        void line_always_tellsWhereItIsFrom() {
            Instant before = Instant.now().minusSeconds(60);
            List<LogLine> lines = lines(start(new TestProgram.PrintBoth()));

            assertThat(lines).extracting(LogLine::text).containsExactlyInAnyOrder("out", "err");
            assertThat(lines).allSatisfy(line -> {
                assertThat(line.task()).isZero();
                assertThat(line.attempt()).isZero();
                assertThat(line.timestamp()).isBetween(before, Instant.now().plusSeconds(60));
            });
        }

        @Test
        @Needs({Capability.PARALLEL_TASKS, Capability.TASK_RETRIES})
        @DisplayName("of all tasks and attempts come, each under its own")
        void lines_ofAllAttempts_come() {
            JobExecution execution = cloud().jobs()
                    .run(
                            job(new TestProgram.FailFirstAttempt(3))
                                    .tasks(2)
                                    .maxRetries(1)
                                    .build(),
                            newId());

            assertThat(lines(execution))
                    .hasSize(2)
                    .allMatch(l -> l.attempt() == 1 && l.text().equals("attempt 1"))
                    .extracting(LogLine::task)
                    .containsExactlyInAnyOrder(0, 1);
        }
    }

    @Nested
    @DisplayName("Following")
    class Following {
        @Test
        @DisplayName("gives lines while the job runs")
        void follow_running_givesLinesEarly() {
            JobExecution execution = start(new TestProgram.PrintMany(20, paces(1).dividedBy(5)));
            List<LogLine> seen = new CopyOnWriteArrayList<>();

            try (LogFollower follower = execution.followLogs(seen::add)) {
                eventually().until(() -> !seen.isEmpty());
                boolean early = !execution.status().phase().isTerminal();
                assertThat(early).as("the first line came before the end").isTrue();
                assertThat(follower.awaitEnd(limit())).isTrue();
            }

            assertThat(seen).extracting(LogLine::text).containsExactlyElementsOf(numbered(20));
        }

        @Test
        @DisplayName("begun after the end gives everything, and says that it is complete")
        void follow_afterTheEnd_givesEverything() {
            JobExecution execution = start(new TestProgram.PrintMany(50, NO_PAUSE));
            execution.await(limit());

            assertThat(texts(execution)).containsExactlyElementsOf(numbered(50));
        }

        @Test
        @Needs(Capability.LOG_RESUME)
        @DisplayName("goes on from a cursor without losing or repeating a line, as often as it is stopped")
        void follow_fromACursor_losesAndRepeatsNothing() {
            JobExecution execution = start(new TestProgram.PrintMany(60, paces(1).dividedBy(50)));
            List<String> seen = new ArrayList<>();
            LogCursor cursor = LogCursor.START;
            boolean complete = false;

            for (int part = 1; !complete; part++) {
                int enough = part * 15;
                List<String> mine = new CopyOnWriteArrayList<>();
                int before = seen.size();
                try (LogFollower follower = execution.followLogs(cursor, line -> mine.add(line.text()))) {
                    eventually().until(() -> before + mine.size() >= Math.min(enough, 60));
                    complete = enough >= 60 && follower.awaitEnd(limit());
                    follower.close();
                    cursor = LogCursor.parse(follower.cursor().toString());
                }
                seen.addAll(mine);
            }

            assertThat(seen).containsExactlyElementsOf(numbered(60));
        }

        @Test
        @DisplayName("ends with the failure of a consumer that throws, and the job does not care")
        void follow_consumerThatThrows_endsAndHarmsNobody() {
            JobExecution execution = start(new TestProgram.PrintMany(5, NO_PAUSE));

            try (LogFollower follower = execution.followLogs(line -> {
                throw new IllegalStateException("consumer is broken");
            })) {
                eventually().until(() -> follower.failure().isPresent());
                assertThat(follower.awaitEnd(limit())).isFalse();
            }

            assertThat(execution.await(limit()).isSucceeded()).isTrue();
        }
    }

    @Nested
    @Needs(Capability.SERVICES)
    @DisplayName("A service")
    class OfAService {
        @Test
        @DisplayName("gives the lines of all its replicas, each under its name")
        void service_severalReplicas_givesTheLinesOfAll() {
            ServiceSpec spec = service(TestProgram.HttpEcho.now())
                    .scaling(Scaling.fixed(2))
                    .build();
            deploy(spec);

            List<LogLine> seen = new CopyOnWriteArrayList<>();
            try (LogFollower follower = cloud().services().followLogs(spec.name(), seen::add)) {
                eventually().until(() -> seen.size() >= 2);
                assertThat(follower.failure()).isEmpty();
            }

            assertThat(seen).extracting(LogLine::text).containsOnly("started one");
            assertThat(seen).extracting(l -> l.source().name()).doesNotHaveDuplicates();
        }

        @Test
        @Needs(Capability.LOG_RESUME)
        @DisplayName("gives only new lines from a cursor on, those of a new revision included")
        void service_fromACursor_givesNewLinesOnly() {
            ServiceSpec spec = service(TestProgram.HttpEcho.now()).build();
            deploy(spec);
            LogCursor cursor = followUntil(spec.name(), LogCursor.START, "started one", new ArrayList<>());

            deploy(spec.toBuilder().env("MARK", "two").build());
            List<String> second = new CopyOnWriteArrayList<>();
            followUntil(spec.name(), cursor, "started two", second);

            assertThat(second).containsExactly("started two");
        }

        private LogCursor followUntil(String service, LogCursor from, String text, List<String> seen) {
            List<String> mine = new CopyOnWriteArrayList<>();
            try (LogFollower follower = cloud().services().followLogs(service, from, line -> mine.add(line.text()))) {
                eventually().until(() -> mine.contains(text));
                follower.close();
                seen.addAll(mine);
                return follower.cursor();
            }
        }
    }
}

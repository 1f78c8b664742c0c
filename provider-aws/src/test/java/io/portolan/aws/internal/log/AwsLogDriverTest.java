package io.portolan.aws.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import io.portolan.spi.LogPage;
import io.portolan.spi.RequestLimits;
import io.portolan.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AwsLogDriverTest {
    private static final String STREAM = "etl/Main/abc";
    private static final String ARN = "arn:aws:ecs:eu-central-1:1:task/default/abc";
    private static final LogSource SOURCE = LogSource.attempt(0, 0);
    private static final ExecutionId EXECUTION = ExecutionId.of("job-1");

    private final FakeLogs logs = new FakeLogs();
    private final ManualClock clock = ManualClock.create();
    private final Targets targets = new Targets();
    private final AwsLogDriver driver = driver();

    private static final class Targets implements LogTargets {
        private LogTargets.@Nullable Target attempt = new Target("0/0", ARN, "etl", false, null);
        private List<Target> replicas = List.of();

        @Override
        public Optional<Target> attempt(ExecutionId execution, int index, int attempt) {
            return Optional.ofNullable(this.attempt);
        }

        @Override
        public List<Target> replicas(String service) {
            return replicas;
        }
    }

    private AwsLogDriver driver() {
        return new AwsLogDriver(
                () -> logs, new AwsCalls(RequestLimits.NONE), targets, "/portolan/app", clock, Duration.ofSeconds(5));
    }

    private void ended(@Nullable Instant at) {
        targets.attempt = new LogTargets.Target("0/0", ARN, "etl", true, at);
    }

    private LogPage read(@Nullable String after, int limit) {
        return driver.readTask(EXECUTION, SOURCE, after, limit);
    }

    private LogPage read(@Nullable String after) {
        return read(after, 1000);
    }

    private static List<String> texts(LogPage page) {
        return page.lines().stream().map(LogLine::text).toList();
    }

    @Nested
    class Lines {
        @Test
        void read_events_areLinesOfTheStreamFromItsHead() {
            logs.add(STREAM, 1000, "a", " b\t", "漢\r");

            LogPage page = read(null);

            assertThat(texts(page)).containsExactly("a", " b\t", "漢");
            assertThat(page.lines().get(0))
                    .isEqualTo(new LogLine(SOURCE, Instant.ofEpochMilli(1000), LogLine.Stream.STDOUT, "a"));
            assertThat(page.positions()).containsExactly("1000:1", "1000:2", "1000:3");
            assertThat(logs.reads.get(0).logGroupName()).isEqualTo("/portolan/app");
            assertThat(logs.reads.get(0).logStreamName()).isEqualTo(STREAM);
            assertThat(logs.reads.get(0).startFromHead()).isTrue();
        }

        @Test
        void read_eachPosition_goesOnExactlyThere() {
            logs.add(STREAM, 1000, "a", "b");
            logs.add(STREAM, 1001, "c");
            logs.add(STREAM, 1002, "d", "e", "f");
            List<String> all = texts(read(null));
            List<String> positions = read(null).positions();

            for (int i = 0; i < positions.size(); i++) {
                assertThat(texts(driver().readTask(EXECUTION, SOURCE, positions.get(i), 1000)))
                        .isEqualTo(all.subList(i + 1, all.size()));
            }
        }

        @Test
        void read_byPages_losesAndRepeatsNothing() {
            for (int i = 0; i < 50; i++) {
                logs.add(STREAM, 1000 + i / 7, "line " + i);
            }
            List<String> seen = new ArrayList<>();
            String after = null;
            LogPage page;

            do {
                page = read(after, 7);
                seen.addAll(texts(page));
                after = page.lastPosition(after);
            } while (page.hasMore());

            assertThat(seen)
                    .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "line " + i).toList());
            assertThat(logs.reads).hasSizeLessThanOrEqualTo(9);
        }

        @Test
        void read_emptyPages_areNotTheEnd() {
            logs.add(STREAM, 1000, "a");
            logs.emptyPages = 3;

            assertThat(texts(read(null))).containsExactly("a");
        }

        @Test
        void read_moreEmptyPagesThanOneReadTakes_goesOnInTheNext() {
            logs.add(STREAM, 1000, "a", "b");
            logs.emptyPages = 15;

            LogPage first = driver.readTask(EXECUTION, SOURCE, "1000:1", 10);
            LogPage second = driver.readTask(EXECUTION, SOURCE, "1000:1", 10);

            assertThat(first.lines()).isEmpty();
            assertThat(first.hasMore()).isTrue();
            assertThat(texts(second)).containsExactly("b");
        }

        @Test
        void read_followedStream_costsOneRequestEach() {
            logs.add(STREAM, 1000, "a", "b");
            String after = read(null).lastPosition(null);
            read(after);
            logs.reads.clear();
            logs.add(STREAM, 1000, "c");

            assertThat(texts(read(after))).containsExactly("c");

            assertThat(logs.reads).hasSize(1);
        }

        @Test
        void read_tokenThatExpired_goesOnByThePosition() {
            logs.add(STREAM, 1000, "a", "b");
            String after = read(null).lastPosition(null);
            logs.add(STREAM, 1000, "c");
            logs.tokensExpired = true;

            assertThat(texts(read(after))).containsExactly("c");
        }

        @Test
        void read_lineBreaksInAnEvent_doNotMakeALineWithBreaks() {
            logs.add(STREAM, 1000, "a\n\tat b\n");

            assertThat(texts(read(null))).containsExactly("a \tat b");
        }

        @Test
        void read_positionOfOthers_isRefused() {
            assertThatThrownBy(() -> read("f/123")).hasMessageContaining("MILLIS:EVENTS");
        }
    }

    @Nested
    class LongLines {
        private final String piece = "x".repeat(16 * 1024);

        @Test
        void read_piecesOfALine_areOneLine() {
            logs.add(STREAM, 1000, "a", piece, piece, "end", "b");

            LogPage page = read(null);

            assertThat(texts(page)).containsExactly("a", piece + piece + "end", "b");
            assertThat(page.positions()).containsExactly("1000:1", "1000:4", "1000:5");
        }

        @Test
        void read_piecesOfBlockingMode_areOneLine() {
            String large = "y".repeat(262_118);
            logs.add(STREAM, 1000, large, "z");

            assertThat(texts(read(null))).containsExactly(large + "z");
        }

        @Test
        void read_piecesInBytesAndNotCharacters_areOneLine() {
            String wide = "é".repeat(8 * 1024);
            logs.add(STREAM, 1000, wide, "end");

            assertThat(texts(read(null))).containsExactly(wide + "end");
        }

        @Test
        void read_piecesOnSeveralPages_areOneLine() {
            logs.add(STREAM, 1000, piece);
            logs.add(STREAM, 1001, piece);
            logs.add(STREAM, 1002, "end", "b");
            logs.pageSize = 1;

            LogPage page = read(null, 1);

            assertThat(texts(page)).containsExactly(piece + piece + "end");
            assertThat(page.positions()).containsExactly("1002:1");
            assertThat(texts(read("1002:1"))).containsExactly("b");
        }

        @Test
        void read_lineThatIsNotWholeYet_waits() {
            logs.add(STREAM, 1000, "a", piece);

            LogPage early = read(null);
            logs.add(STREAM, 1001, "end");
            LogPage late = read(early.lastPosition(null));

            assertThat(texts(early)).containsExactly("a");
            assertThat(texts(late)).containsExactly(piece + "end");
            assertThat(late.positions()).containsExactly("1001:1");
        }

        @Test
        void read_lineThatIsNotWholeAtTheEnd_isALine() {
            logs.add(STREAM, 1000, piece);
            ended(clock.instant().minusSeconds(10));

            LogPage page = read(null);

            assertThat(texts(page)).containsExactly(piece);
            assertThat(page.complete()).isTrue();
        }

        @Test
        void read_endlessLine_comesInParts() {
            for (int i = 0; i < 70; i++) {
                logs.add(STREAM, 1000, piece);
            }

            assertThat(read(null).lines())
                    .hasSize(1)
                    .first()
                    .satisfies(line -> assertThat(line.text()).hasSize(1024 * 1024));
        }
    }

    @Nested
    class TheEnd {
        @Test
        void read_noStreamYet_isNothingYet() {
            LogPage page = read(null);

            assertThat(page.lines()).isEmpty();
            assertThat(page.complete()).isFalse();
            assertThat(page.hasMore()).isFalse();
        }

        @Test
        void read_endedWithoutAStream_isCompleteAfterTheDrain() {
            ended(clock.instant());

            boolean atOnce = read(null).complete();
            clock.advance(Duration.ofSeconds(5));

            assertThat(atOnce).isFalse();
            assertThat(read(null).complete()).isTrue();
        }

        @Test
        void read_endedAtAnUnknownTime_isCompleteAfterTheDrainSinceItWasSeen() {
            ended(null);
            boolean atOnce = read(null).complete();
            clock.advance(Duration.ofSeconds(4));
            boolean early = read(null).complete();
            clock.advance(Duration.ofSeconds(1));

            assertThat(List.of(atOnce, early)).containsOnly(false);
            assertThat(read(null).complete()).isTrue();
        }

        @Test
        void read_linesThatArriveLate_areNotLost() {
            logs.add(STREAM, 1000, "a");
            ended(clock.instant());
            String after = read(null).lastPosition(null);
            LogPage quiet = read(after);
            logs.add(STREAM, 1001, "late");
            clock.advance(Duration.ofSeconds(6));

            LogPage late = read(after);
            LogPage last = read(late.lastPosition(after));

            assertThat(quiet.complete()).isFalse();
            assertThat(texts(late)).containsExactly("late");
            assertThat(late.complete()).isFalse();
            assertThat(late.hasMore()).isTrue();
            assertThat(last.complete()).isTrue();
        }

        @Test
        void read_afterTheEndAgain_completesFromItsPosition() {
            logs.add(STREAM, 1000, "a");
            ended(clock.instant().minusSeconds(60));

            LogPage page = driver().readTask(EXECUTION, SOURCE, "1000:1", 10);

            assertThat(page.lines()).isEmpty();
            assertThat(page.complete()).isTrue();
        }

        @Test
        void read_attemptWithoutATask_isNotFound() {
            targets.attempt = null;

            PortolanException error = catchThrowableOfType(PortolanException.class, () -> read(null));

            assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Nested
    class OfAService {
        @Test
        void serviceSources_areTheReplicas_andEachHasItsStream() {
            targets.replicas = List.of(
                    new LogTargets.Target("web-1", "arn:task/default/r1", "web", true, clock.instant()),
                    new LogTargets.Target("web-2", "arn:task/default/r2", "web", false, null));
            logs.add("web/Main/r2", 1000, "two");

            assertThat(driver.serviceSources("web"))
                    .containsExactly(LogSource.replica("web-1"), LogSource.replica("web-2"));
            assertThat(texts(driver.readService("web", LogSource.replica("web-2"), null, 10)))
                    .containsExactly("two");
        }

        @Test
        void readService_unknownReplica_isNotFound() {
            PortolanException error = catchThrowableOfType(
                    PortolanException.class, () -> driver.readService("web", LogSource.replica("gone"), null, 10));

            assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(error.getMessage()).contains("gone").contains("web");
        }
    }
}

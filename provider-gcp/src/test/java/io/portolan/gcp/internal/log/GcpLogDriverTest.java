package io.portolan.gcp.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import io.portolan.spi.LogPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GcpLogDriverTest extends LogDriverFixture {
    @Nested
    class TheFilter {
        @Test
        void asksForTheOutputsOfOneExecutionFromItsBeginningOn() {
            read(null);

            assertThat(entries.filters.get(0).lines())
                    .containsExactly(
                            "resource.type=\"cloud_run_job\"",
                            "resource.labels.job_name=\"etl\"",
                            "resource.labels.location=\"europe-west1\"",
                            "labels.\"run.googleapis.com/execution_name\"=\"etl-x\"",
                            "logName=(\"projects/acme/logs/run.googleapis.com%2Fstdout\""
                                    + " OR \"projects/acme/logs/run.googleapis.com%2Fstderr\")",
                            "timestamp>=\"" + created.minusSeconds(600) + "\"");
        }

        @Test
        void ofAnExecutionThatIsOverIsAnchoredToItsEndHoweverLateItIsRead() {
            targets.executionEnded = at(60);
            clock.advance(Duration.ofDays(20));

            read(null);

            assertThat(entries.filters.get(0))
                    .contains("timestamp>=\"" + created.minusSeconds(600) + "\"")
                    .endsWith("timestamp<=\"" + at(60 + 10 + 600) + "\"");
        }

        @Test
        void ofAServiceNamesTheService() {
            driver.serviceSources("api");

            assertThat(entries.filters.get(0))
                    .contains("resource.type=\"cloud_run_revision\"")
                    .contains("resource.labels.service_name=\"api\"")
                    .doesNotContain("execution_name");
        }

        @Test
        void quotesWhatItIsGiven() {
            EntryFilter filter =
                    EntryFilter.service("p", "r", new LogTargets.Service("x\" OR severity>=\"DEFAULT\\", created));

            assertThat(filter.text()).contains("service_name=\"x\\\" OR severity>=\\\"DEFAULT\\\\\"");
        }
    }

    @Nested
    class Lines {
        @Test
        void comeInTheirOrderWithTheirTimes() {
            entries.add(at(1), "0/0", "a", "");
            entries.add(at(2), "0/0", "b");

            LogPage page = read(null);

            assertThat(texts(page)).containsExactly("a", "", "b");
            assertThat(page.lines().get(2)).isEqualTo(new LogLine(SOURCE, at(2), LogLine.Stream.STDOUT, "b"));
        }

        @Test
        void afterEachPositionAreExactlyThoseThatFollow_inAnotherProcessToo() {
            for (int i = 0; i < 60; i++) {
                entries.add(at(i * 0.7), "0/0", "a" + i, "b" + i, "c" + i);
            }
            List<String> all = texts(read(null));
            List<String> positions = read(null).positions();

            assertThat(all).hasSize(180);
            for (int i = 0; i < positions.size(); i++) {
                assertThat(texts(read(driver(), SOURCE, positions.get(i)))).isEqualTo(all.subList(i + 1, all.size()));
            }
        }

        @Test
        void ofManyPagesComeOnceInASmallNumberOfReads() {
            for (int i = 0; i < 5; i++) {
                entries.add(at(i), "0/0", numbered(i * 700, i * 700 + 700));
            }

            List<String> seen = new ArrayList<>();
            String after = null;
            LogPage page;
            do {
                page = read(after);
                seen.addAll(texts(page));
                after = page.lastPosition(after);
            } while (page.hasMore());

            assertThat(seen).containsExactly(numbered(0, 3500));
            assertThat(entries.filters).hasSize(4);
        }

        @Test
        void afterAPageTokenThatHasBecomeTooOldAreNotMissed() {
            for (int i = 0; i < 30; i++) {
                entries.add(at(i), "0/0", "line " + i);
            }
            entries.pageSize = 10;
            targets.executionEnded = at(31);
            clock.advance(Duration.ofHours(1));
            List<String> seen = new ArrayList<>(texts(read(null)));
            String after = read(null).lastPosition(null);
            entries.tokensExpired = true;

            LogPage page;
            do {
                clock.advance(SHORTEST);
                page = read(after);
                seen.addAll(texts(page));
                after = page.lastPosition(after);
            } while (!page.complete());

            assertThat(seen).containsExactly(numbered(0, 30));
        }

        @Test
        void ofAFollowerWhoBeginsBeforeTheOthersAreReadApart_atMostAsOften() {
            entries.add(at(1), "0/0", "a");
            entries.add(at(20), "0/0", "b");
            String later = read(driver(), SOURCE, null).lastPosition(null);
            entries.filters.clear();

            assertThat(texts(read(later))).isEmpty();
            assertThat(texts(read(null))).containsExactly("a", "b");
            assertThat(texts(read(null))).isEmpty();
            assertThat(entries.filters).hasSize(2);
        }

        @Test
        void afterEmptyPagesAreNotMissed() {
            entries.add(at(1), "0/0", "a");
            entries.emptyPages = 3;

            LogPage page = read(null);
            while (page.hasMore() && page.lines().isEmpty()) {
                page = read(null);
            }

            assertThat(texts(page)).containsExactly("a");
        }

        @Test
        void moreThanAskedForComeWithTheNextPage() {
            entries.add(at(1), "0/0", "a", "b", "c");

            LogPage first = driver.readTask(EXECUTION, SOURCE, null, 2);
            LogPage second = driver.readTask(EXECUTION, SOURCE, first.lastPosition(null), 2);

            assertThat(texts(first)).containsExactly("a", "b");
            assertThat(first.hasMore()).isTrue();
            assertThat(texts(second)).containsExactly("c");
            assertThat(entries.filters).hasSize(1);
        }

        @Test
        void thatArriveLateComeLateButCome() {
            entries.add(at(10), "0/0", "on time");
            LogPage first = read(null);
            entries.add(at(4), "0/0", "late");

            LogPage second = readLater(first.lastPosition(null));
            LogPage third = readLater(second.lastPosition(null));

            assertThat(texts(second)).containsExactly("late");
            assertThat(texts(third)).isEmpty();
        }

        @Test
        void thatArriveLateAreFoundAfterARestartToo() {
            entries.add(at(10), "0/0", "on time");
            String after = read(null).lastPosition(null);
            entries.add(at(4), "0/0", "late");
            entries.add(at(11), "0/0", "next");

            assertThat(texts(read(driver(), SOURCE, after))).containsExactly("late", "next");
        }

        @Test
        void ofOneMomentThatAreTooManyToRememberComeOnce() {
            entries.add(at(1), "0/0", numbered(0, 2500));
            List<String> seen = new ArrayList<>();
            String after = null;

            for (int i = 0; i < 4; i++) {
                GcpLogDriver another = driver();
                LogPage page = read(another, SOURCE, after);
                while (page.lines().isEmpty() && page.hasMore()) {
                    page = read(another, SOURCE, after);
                }
                seen.addAll(texts(page));
                after = page.lastPosition(after);
            }

            assertThat(seen).containsExactly(numbered(0, 2500));
        }

        @Test
        void ofABusyLogHaveSmallPositions() {
            for (int i = 0; i < 900; i++) {
                entries.add(at(i / 1000.0), "0/0", "x");
            }

            assertThat(read(null).positions()).allSatisfy(p -> assertThat(p).hasSizeLessThan(2500));
        }

        @Test
        void fromAPositionOfSomebodyElseAreRefused() {
            for (String wrong : List.of("", "17:3", "zzzzzzzzzzzzzz.", "1.!!", "1.a.1", "1..1.zzzzzzz")) {
                assertThatThrownBy(() -> read(wrong))
                        .as(wrong)
                        .isInstanceOf(PortolanException.class)
                        .hasMessageContaining("pass the text of an earlier cursor");
            }
        }

        @Test
        void ofAnAttemptThatNeverStartedAreNotFound() {
            targets.there = false;

            PortolanException error = catchThrowableOfType(PortolanException.class, () -> read(null));

            assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(error.provider()).contains("gcp");
            assertThat(entries.filters).isEmpty();
        }
    }

    @Nested
    class TheEnd {
        @Test
        void isReachedOnlyWhenAReadAfterTheDrainBroughtNothing() {
            entries.add(at(1), "0/0", "a");
            targets.ended.put(0, at(2));
            clock.advance(Duration.ofSeconds(3));
            LogPage during = read(null);
            entries.add(at(1.5), "0/0", "late");
            clock.advance(Duration.ofSeconds(10));

            LogPage last = read(during.lastPosition(null));

            assertThat(during.complete()).isFalse();
            assertThat(texts(last)).containsExactly("late");
            assertThat(last.complete()).isTrue();
        }

        @Test
        void ofTheExecutionIsTheEndOfAttemptsWhoseOwnIsNotKnown() {
            targets.executionEnded = at(5);
            clock.advance(Duration.ofSeconds(16));

            assertThat(read(null).complete()).isTrue();
        }

        @Test
        void isNotReachedWhileLinesRemain() {
            entries.add(at(1), "0/0", "a", "b");
            targets.ended.put(0, at(2));
            clock.advance(Duration.ofMinutes(1));

            LogPage first = driver.readTask(EXECUTION, SOURCE, null, 1);

            assertThat(first.complete()).isFalse();
            assertThat(first.hasMore()).isTrue();
            assertThat(read(first.lastPosition(null)).complete()).isTrue();
        }

        @Test
        void doesNotWaitForASilentLogsLongInterval() {
            for (int i = 0; i < 8; i++) {
                readLater(null);
            }
            targets.ended.put(0, clock.instant().minusSeconds(8));
            clock.advance(SHORTEST);

            assertThat(read(null).complete()).isTrue();
        }
    }

    @Nested
    class TheQuota {
        @Test
        void isSpentOncePerExecutionHoweverManyTasksItHas() {
            for (int task = 0; task < 50; task++) {
                entries.add(at(task * 0.01), task + "/0", "of " + task);
            }

            for (int task = 0; task < 50; task++) {
                assertThat(texts(read(driver, LogSource.attempt(task, 0), null)))
                        .containsExactly("of " + task);
            }

            assertThat(entries.filters).hasSize(1);
        }

        @Test
        void isNotSpentBetweenTwoReads_andLessOftenOnASilentLog() {
            int[] reads = new int[2];
            for (int second = 0; second < 60; second++) {
                read(null);
                clock.advance(Duration.ofSeconds(1));
                reads[second / 30] = entries.filters.size();
            }

            assertThat(reads[0]).isLessThan(9);
            assertThat(reads[1] - reads[0]).isLessThanOrEqualTo(3);
        }

        @Test
        void isNeverExceededByTheFollowersTogether() {
            List<Integer> readsBefore = new ArrayList<>();
            for (int second = 0; second < 300; second++) {
                readsBefore.add(entries.filters.size());
                for (int service = 0; service < 100; service++) {
                    driver.serviceSources("api-" + service);
                }
                clock.advance(Duration.ofSeconds(1));
            }

            for (int second = 60; second < 300; second++) {
                assertThat(readsBefore.get(second) - readsBefore.get(second - 60))
                        .isLessThanOrEqualTo(GcpLogDriver.READS_PER_MINUTE);
            }
        }

        @Test
        void ofOthersThatIsUsedUpEndsReadingForAWhile() {
            entries.failure =
                    PortolanException.builder(ErrorCode.THROTTLED, "slow down").build();
            assertThatThrownBy(() -> read(null)).hasMessageContaining("slow down");
            entries.failure = null;
            entries.add(at(0), "0/0", "a");

            clock.advance(Duration.ofSeconds(3));
            LogPage paused = read(null);
            clock.advance(Duration.ofSeconds(8));

            assertThat(paused.lines()).isEmpty();
            assertThat(paused.complete()).isFalse();
            assertThat(texts(read(null))).containsExactly("a");
        }
    }

    @Nested
    class ManyTasks {
        @Test
        void whoseLogsAreLargeAllComeCompleteAndInOrder() {
            for (int line = 0; line < 800; line++) {
                for (int task = 0; task < 5; task++) {
                    entries.add(at(line * 0.05 + task * 0.001), task + "/0", "line " + line);
                }
            }
            targets.executionEnded = at(45);
            clock.advance(Duration.ofMinutes(5));

            Map<Integer, List<String>> seen = followAll(5);

            assertThat(seen.values()).allSatisfy(lines -> assertThat(lines).containsExactly(numbered(0, 800)));
            assertThat(entries.filters).hasSizeLessThanOrEqualTo(6);
        }

        @Test
        void whoseLinesDoNotFitInMemoryAreReadByThemselves() {
            String large = "x".repeat(200_000);
            for (int line = 0; line < 300; line++) {
                entries.add(at(line), line % 3 + "/0", large + line);
            }
            entries.pageSize = 20;
            targets.executionEnded = at(301);
            clock.advance(Duration.ofHours(1));

            Map<Integer, List<String>> seen = followAll(3);

            for (int task = 0; task < 3; task++) {
                int own = task;
                assertThat(seen.get(task))
                        .containsExactlyElementsOf(IntStream.range(0, 100)
                                .mapToObj(i -> large + (i * 3 + own))
                                .toList());
            }
        }

        private Map<Integer, List<String>> followAll(int tasks) {
            Map<Integer, List<String>> seen = new HashMap<>();
            Map<Integer, String> positions = new HashMap<>();
            List<Integer> open =
                    new ArrayList<>(IntStream.range(0, tasks).boxed().toList());
            for (int round = 0; round < 1000 && !open.isEmpty(); round++) {
                for (Integer task : List.copyOf(open)) {
                    LogPage page;
                    int pages = 0;
                    do {
                        page = read(driver, LogSource.attempt(task, 0), positions.get(task));
                        seen.computeIfAbsent(task, t -> new ArrayList<>()).addAll(texts(page));
                        if (!page.positions().isEmpty()) {
                            positions.put(task, page.lastPosition(null));
                        }
                    } while (page.hasMore() && ++pages < 20);
                    if (page.complete()) {
                        open.remove(task);
                    }
                }
                clock.advance(Duration.ofSeconds(1));
            }
            assertThat(open).as("tasks whose log did not end").isEmpty();
            return seen;
        }
    }

    @Nested
    class AService {
        @Test
        void hasTheInstancesThatWroteAsItsReplicas() {
            entries.add(at(2), "second", "started");
            entries.add(at(1), "first", "started");

            assertThat(driver.serviceSources("api"))
                    .containsExactly(LogSource.replica("first"), LogSource.replica("second"));
            LogPage page = driver.readService("api", LogSource.replica("second"), null, 100);
            assertThat(texts(page)).containsExactly("started");
            assertThat(page.complete()).isFalse();
            assertThat(entries.filters).hasSize(1);
        }

        @Test
        void thatDoesNotExistIsNotFound() {
            targets.there = false;

            PortolanException error = catchThrowableOfType(PortolanException.class, () -> driver.serviceSources("api"));

            assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }
}

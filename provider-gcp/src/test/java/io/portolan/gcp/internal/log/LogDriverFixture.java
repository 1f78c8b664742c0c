package io.portolan.gcp.internal.log;

import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.id.ExecutionId;
import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import io.portolan.spi.LogPage;
import io.portolan.spi.ProviderConfig;
import io.portolan.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A driver on entries in memory, at a time that tests move. */
abstract class LogDriverFixture {
    static final ExecutionId EXECUTION = ExecutionId.of("nightly-1");
    static final LogSource SOURCE = LogSource.attempt(0, 0);
    static final Duration SHORTEST = Duration.ofSeconds(2);

    final FakeEntries entries = new FakeEntries();
    final ManualClock clock = ManualClock.create();
    final Instant created = clock.instant();
    final Targets targets = new Targets();
    final GcpLogDriver driver = driver();

    final class Targets implements LogTargets {
        final Map<Integer, Instant> ended = new HashMap<>();

        @Nullable
        Instant executionEnded;

        boolean there = true;

        @Override
        public Optional<Attempt> attempt(ExecutionId execution, int index, int attempt) {
            return Optional.of(new Attempt("etl", "etl-x", created, executionEnded, ended.get(index)))
                    .filter(a -> there);
        }

        @Override
        public Optional<Service> service(String service) {
            return Optional.of(new Service(service, created)).filter(s -> there);
        }
    }

    GcpLogDriver driver() {
        ProviderConfig config =
                new ProviderConfig("app", GcpKeys.ALL, Map.of("project", "acme", "region", "europe-west1"));
        return new GcpLogDriver(entries, targets, GcpSettings.of(config), Timing.drain(Duration.ofSeconds(10)), clock);
    }

    Instant at(double seconds) {
        return created.plusMillis((long) (seconds * 1000));
    }

    LogPage read(GcpLogDriver reader, LogSource source, @Nullable String after) {
        return reader.readTask(EXECUTION, source, after, 1000);
    }

    LogPage read(@Nullable String after) {
        return read(driver, SOURCE, after);
    }

    LogPage readLater(@Nullable String after) {
        clock.advance(Duration.ofSeconds(20));
        return read(after);
    }

    static List<String> texts(LogPage page) {
        return page.lines().stream().map(LogLine::text).toList();
    }

    static String[] numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toArray(String[]::new);
    }
}

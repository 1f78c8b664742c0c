package io.portolan.gcp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.gcp.internal.job.ExecutionView;
import io.portolan.gcp.internal.log.LogTargets;
import io.portolan.id.ExecutionId;
import io.portolan.run.OwnedResource;
import io.portolan.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CloudRunLogTargetsTest {
    private static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");

    private final ManualClock clock = ManualClock.create();
    private final AtomicInteger asked = new AtomicInteger();
    private boolean isThere = true;
    private final CloudRunLogTargets targets = new CloudRunLogTargets(
            id -> Optional.of(new ExecutionView("etl", "etl-x1", CREATED, null, null)), this::find, clock);

    private Optional<OwnedResource> find(String name) {
        asked.incrementAndGet();
        return Optional.of(new OwnedResource(
                        "service",
                        name,
                        "projects/p/locations/r/services/app-" + name,
                        "CONDITION_SUCCEEDED",
                        CREATED,
                        Map.of()))
                .filter(found -> isThere);
    }

    @Test
    void attempt_ofARunningExecution_hasNoEnd() {
        assertThat(targets.attempt(ExecutionId.of("nightly"), 3, 1))
                .contains(new LogTargets.Attempt("etl", "etl-x1", CREATED, null, null));
    }

    @Test
    void service_isKnownByItsNativeNameAndAskedForNowAndThen() {
        for (int i = 0; i < 10; i++) {
            assertThat(targets.service("api")).contains(new LogTargets.Service("app-api", CREATED));
            clock.advance(Duration.ofSeconds(5));
        }

        assertThat(asked).hasValue(2);
    }

    @Test
    void service_thatIsGone_isForgotten() {
        assertThat(targets.service("api")).isPresent();
        isThere = false;
        clock.advance(Duration.ofMinutes(1));

        assertThat(targets.service("api")).isEmpty();
    }
}

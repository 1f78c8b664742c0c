package io.portolan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    private final ManualClock clock = ManualClock.create();
    private final List<String> seen = new ArrayList<>();

    @Test
    void advance_betweenActions_runsOnlyWhatIsDueInOrderOfTime() {
        clock.schedule(Duration.ofSeconds(2), () -> seen.add("two"));
        clock.schedule(Duration.ofSeconds(1), () -> seen.add("one"));
        clock.schedule(Duration.ofSeconds(3), () -> seen.add("three"));

        clock.advance(Duration.ofSeconds(2));

        assertThat(seen).containsExactly("one", "two");
        assertThat(clock.instant()).isEqualTo(ManualClock.DEFAULT_START.plusSeconds(2));
    }

    @Test
    void advance_actionThatSchedules_runsWhatBecomesDueOnTheWay() {
        clock.schedule(Duration.ofSeconds(1), () -> {
            seen.add("at " + clock.instant());
            clock.schedule(Duration.ofSeconds(1), () -> seen.add("at " + clock.instant()));
        });

        clock.advance(Duration.ofSeconds(5));

        Instant start = ManualClock.DEFAULT_START;
        assertThat(seen).containsExactly("at " + start.plusSeconds(1), "at " + start.plusSeconds(2));
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(5));
    }

    @Test
    void schedule_forgotten_doesNotRun() {
        Runnable forget = clock.schedule(Duration.ofSeconds(1), () -> seen.add("run"));

        forget.run();
        clock.advance(Duration.ofSeconds(2));

        assertThat(seen).isEmpty();
    }

    @Test
    void advance_backwards_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .withMessageContaining("forward");
    }
}

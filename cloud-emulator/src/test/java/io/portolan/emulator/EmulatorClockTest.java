package io.portolan.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EmulatorClockTest {
    @Test
    void advance_always_runsAllThatIsDueInItsOrder() {
        EmulatorClock clock = EmulatorClock.manual();
        Instant start = clock.instant();
        List<String> ran = new ArrayList<>();
        clock.schedule(Duration.ofSeconds(2), () -> ran.add("second at " + seconds(start, clock)));
        clock.schedule(Duration.ofSeconds(1), () -> {
            ran.add("first at " + seconds(start, clock));
            clock.schedule(Duration.ZERO, () -> ran.add("its own at " + seconds(start, clock)));
        });
        clock.schedule(Duration.ofSeconds(1), () -> ran.add("cancelled")).cancel();
        clock.schedule(Duration.ofSeconds(4), () -> ran.add("too late"));

        clock.advance(Duration.ofSeconds(3));

        assertThat(ran).containsExactly("first at 1", "its own at 1", "second at 2");
        assertThat(seconds(start, clock)).isEqualTo(3);
    }

    @Test
    void realClock_withASpeed_runsFaster() {
        try (EmulatorClock clock = EmulatorClock.real(10_000)) {
            AtomicBoolean ran = new AtomicBoolean();
            clock.schedule(Duration.ofMinutes(1), () -> ran.set(true));

            await().atMost(Duration.ofSeconds(5)).untilTrue(ran);
            assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(1))).isInstanceOf(IllegalStateException.class);
        }
    }

    private static long seconds(Instant start, EmulatorClock clock) {
        return Duration.between(start, clock.instant()).toSeconds();
    }
}

package io.portolan.aws.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final List<Duration> pauses = new ArrayList<>();

    private Pace pace(Clock clock, Duration limit) {
        return new Pace(clock, pauses::add, limit);
    }

    @Test
    void next_inTheFirstSeconds_isQuick() {
        Pace pace = pace(Clock.systemUTC(), Duration.ofMinutes(1));

        pace.next();
        pace.next();

        assertThat(pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(200));
        assertThat(pace.isOver()).isFalse();
    }

    @Test
    void next_later_isEverLongerUpToFiveSeconds() {
        Clock jumping = new JumpingClock();
        Pace pace = pace(jumping, Duration.ofDays(1));

        for (int i = 0; i < 20; i++) {
            pace.next();
        }

        assertThat(pauses).first().isEqualTo(Duration.ofSeconds(1));
        assertThat(pauses).isSorted().last().isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void next_interrupted_isCancelled() {
        Pace pace = new Pace(
                Clock.systemUTC(),
                time -> {
                    throw new InterruptedException();
                },
                Duration.ofMinutes(1));

        assertThatThrownBy(pace::next).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}

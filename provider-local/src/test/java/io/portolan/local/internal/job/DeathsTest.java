package io.portolan.local.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeathsTest {
    private final Deaths deaths = new Deaths();

    @Test
    void remove_ofADeath_isTrueOnce() {
        deaths.add("a");

        assertThat(deaths.remove("a")).isTrue();
        assertThat(deaths.remove("a")).isFalse();
    }

    @Test
    void add_withoutEnd_forgetsTheOldest() {
        for (int i = 0; i <= 10_000; i++) {
            deaths.add("c" + i);
        }

        assertThat(deaths.remove("c0")).isFalse();
        assertThat(deaths.remove("c1")).isTrue();
        assertThat(deaths.remove("c10000")).isTrue();
    }
}

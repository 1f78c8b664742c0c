package io.portolan.benchmarks.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.benchmarks.stats.Samples;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void rounds_always_letEveryContenderDoTheSame() throws Exception {
        Counter first = new Counter();
        Counter second = new Counter();
        Map<Contender, Samples> measured = new Rounds(2, 5, 1).measure(List.of(first, second));
        assertThat(first.count).hasValue(7);
        assertThat(second.count).hasValue(7);
        assertThat(measured).containsOnlyKeys(first, second);
        assertThat(measured.values())
                .allSatisfy(samples -> assertThat(samples.size()).isEqualTo(5));
    }

    @Test
    void rounds_withSeveralAtOnce_doThemAtTheSameTime() throws Exception {
        CyclicBarrier together = new CyclicBarrier(8);
        Contender meeting = new Counter() {
            @Override
            public void once() throws Exception {
                together.await(10, TimeUnit.SECONDS);
                super.once();
            }
        };
        new Rounds(0, 2, 8).measure(List.of(meeting));
        assertThat(((Counter) meeting).count).hasValue(16);
    }

    private static class Counter implements Contender {
        final AtomicInteger count = new AtomicInteger();

        @Override
        public String name() {
            return "counter";
        }

        @Override
        public void once() throws Exception {
            count.incrementAndGet();
        }
    }
}

package io.portolan.benchmarks.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RatioTest {

    @Test
    void quantile_betweenTwoMeasurements_isInterpolated() {
        Samples samples = Samples.of(4, 1, 3, 2);
        assertThat(samples.median()).isEqualTo(2.5);
        assertThat(samples.quantile(0)).isEqualTo(1);
        assertThat(samples.quantile(1)).isEqualTo(4);
    }

    @Test
    void samples_withoutMeasurements_areRefused() {
        assertThatThrownBy(Samples::of).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ratio_ofAThingThatTakesATenthMore_isFoundInNoise() {
        Random random = new Random(7);
        double[] rounds = random.doubles(60, 90, 110).toArray();
        double[] slower = IntStream.range(0, 60)
                .mapToDouble(i -> rounds[i] * 1.1 * (0.98 + 0.04 * random.nextDouble()))
                .toArray();
        Ratio ratio = Ratio.of(Samples.of(slower), Samples.of(rounds));
        assertThat(ratio.value()).isCloseTo(1.1, within(0.03));
        assertThat(ratio.low()).isBetween(1.0, ratio.value());
        assertThat(ratio.high()).isBetween(ratio.value(), 1.2);
    }

    @Test
    void ratio_whereRoundsAreDisturbedAsAWhole_staysNarrow() {
        double[] rounds = {100, 300, 100, 250, 100, 400, 100, 200, 100, 100};
        Ratio ratio = Ratio.of(Samples.of(rounds), Samples.of(rounds));
        assertThat(ratio).isEqualTo(new Ratio(1, 1, 1));
    }

    @Test
    void ratio_ofOtherRounds_isRefused() {
        Samples two = Samples.of(1, 2);
        Samples one = Samples.of(1);
        assertThatThrownBy(() -> Ratio.of(two, one)).hasMessageContaining("same rounds");
    }
}

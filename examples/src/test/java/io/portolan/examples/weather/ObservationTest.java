package io.portolan.examples.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationTest {

    @Test
    void parse_ofARow_keepsTenths() {
        assertThat(Observation.parse("New York,2014-01-04,0.3,-3.3,-12.2,3.8,sun"))
                .isEqualTo(new Observation("New York", LocalDate.of(2014, 1, 4), 3, -33, -122));
    }

    @Test
    void parse_ofSmallNegativeNumbers_keepsTheSign() {
        assertThat(Observation.parse("Seattle,2014-01-04,0.0,-0.5,-0.6,3.8,sun").highest())
                .isEqualTo(-5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Seattle,2014-01-04,0.0,1.0,1.0,3.8",
                "Seattle,2014-13-04,0.0,1.0,1.0,3.8,sun",
                "Seattle,2014-01-04,,1.0,1.0,3.8,sun",
                "Seattle,2014-01-04,0.0,1.05,1.0,3.8,sun"
            })
    void parse_ofABadRow_isRefusedWithTheRow(String row) {
        assertThatThrownBy(() -> Observation.parse(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + row + "'");
    }

    @Test
    void data_always_hasEachDayOfFourYearsForTwoCities() {
        assertThat(WeatherData.rows())
                .hasSize(2922)
                .map(Observation::parse)
                .extracting(o -> o.city() + o.date())
                .doesNotHaveDuplicates();
    }
}

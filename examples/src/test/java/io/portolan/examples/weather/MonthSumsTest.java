package io.portolan.examples.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonthSumsTest {

    private static final List<Observation> DAYS =
            WeatherData.rows().stream().map(Observation::parse).toList();

    // Expected values were computed from the file by another program with decimal arithmetic.
    @Test
    void report_ofTheWholeData_isWhatTheFileSays() {
        List<String> report =
                MonthSums.of(DAYS).stream().map(s -> s.report().toCsv()).toList();

        assertThat(report)
                .hasSize(24)
                .contains(
                        "Seattle,1,124,5.5,-4.4,17.2,466.0",
                        "Seattle,7,124,20.1,9.4,35.0,48.2",
                        "Seattle,12,124,5.8,-7.1,18.9,622.7",
                        "New York,7,124,25.5,16.7,37.8,278.3",
                        "New York,12,124,6.1,-6.6,21.1,540.4")
                .startsWith("New York,1,124,0.5,-16.0,16.1,327.9");
    }

    @Test
    void of_always_isOrderedByCityAndMonth() {
        List<MonthSums> sums = MonthSums.of(DAYS);

        assertThat(sums.subList(0, 12))
                .extracting(MonthSums::city, MonthSums::month)
                .startsWith(tuple("New York", 1), tuple("New York", 2))
                .endsWith(tuple("New York", 12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 12, 100, 3000})
    void merge_ofTheSumsOfAnyParts_isTheSumsOfTheWhole(int count) {
        List<MonthSums> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.addAll(MonthSums.of(new TaskPlace(i, count, 0).partOf(DAYS)));
        }
        Collections.shuffle(parts, new Random(count));

        assertThat(MonthSums.merge(parts.stream())).isEqualTo(MonthSums.of(DAYS));
    }

    @Test
    void parse_ofWhatToCsvWrote_isEqual() {
        MonthSums sums = new MonthSums("New York", 2, 113, -19, -160, 188, 4005);

        assertThat(MonthSums.parse(sums.toCsv())).isEqualTo(sums);
        assertThat(MonthReport.parse(sums.report().toCsv())).isEqualTo(sums.report());
    }

    @Test
    void parse_ofALineOfOtherShape_isRefused() {
        assertThatThrownBy(() -> MonthSums.parse("Seattle,1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Seattle,1");
        assertThatThrownBy(() -> MonthReport.parse("<html>")).hasMessageContaining("<html>");
    }

    @Test
    void mean_halfwayBetweenTwoTenths_isRoundedAwayFromZero() {
        // 0.3 over one day is 0.15 a reading.
        assertThat(new MonthSums("A", 1, 1, 3, 0, 3, 0).report().mean()).isEqualByComparingTo("0.2");
        assertThat(new MonthSums("A", 1, 1, -3, -3, 0, 0).report().mean()).isEqualByComparingTo("-0.2");
    }
}

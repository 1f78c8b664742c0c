package io.portolan.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.examples.weather.MonthReport;
import io.portolan.examples.weather.WeatherData;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectComputationTest {

    @Test
    void of_aFewDays_isWhatOneComputesByHand() {
        List<MonthReport> reports = DirectComputation.of(List.of(
                "Seattle,2012-02-01,0.5,10.0,2.0,4.7,rain",
                "Seattle,2013-02-02,1.0,12.1,-3.0,4.7,rain",
                "New York,2012-02-01,0.0,-1.0,-2.5,4.7,sun"));

        assertThat(reports)
                .extracting(MonthReport::toCsv)
                .containsExactly("New York,2,1,-1.8,-2.5,-1.0,0.0", "Seattle,2,2,5.3,-3.0,12.1,1.5");
    }

    // Expected values were computed from the file by another program with decimal arithmetic.
    @Test
    void of_theWholeData_isWhatTheFileSays() {
        assertThat(DirectComputation.of(WeatherData.rows()))
                .hasSize(24)
                .extracting(MonthReport::toCsv)
                .contains("Seattle,1,124,5.5,-4.4,17.2,466.0", "New York,7,124,25.5,16.7,37.8,278.3");
    }
}

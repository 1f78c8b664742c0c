package io.portolan.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.examples.weather.MonthReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void render_ofReports_hasALineForEachMonthAndAColumnForEachCity() {
        String table = ResultTable.render(List.of(
                MonthReport.parse("Seattle,1,124,5.5,-4.4,17.2,466.0"),
                MonthReport.parse("Seattle,12,124,5.8,-7.1,18.9,622.7"),
                MonthReport.parse("New York,1,124,0.5,-16.0,16.1,327.9")));

        assertThat(table.lines()).hasSize(13);
        assertThat(table.lines().map(String::stripTrailing))
                .startsWith(
                        "month                New York                 Seattle",
                        "Jan        0.5 °C    327.9 mm      5.5 °C    466.0 mm")
                .endsWith("Dec                                5.8 °C    622.7 mm");
    }
}

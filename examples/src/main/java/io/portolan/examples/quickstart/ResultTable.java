package io.portolan.examples.quickstart;

import io.portolan.examples.weather.MonthReport;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The result as a text for people: a line for each month, mean temperature and precipitation of each city. */
final class ResultTable {

    private ResultTable() {}

    static String render(List<MonthReport> reports) {
        List<String> cities =
                reports.stream().map(MonthReport::city).distinct().sorted().toList();
        StringBuilder text = new StringBuilder("month");
        cities.forEach(city -> text.append(String.format(Locale.ROOT, "  %22s", city)));
        for (Month month : Month.values()) {
            text.append(String.format(Locale.ROOT, "%n%-5s", month.getDisplayName(TextStyle.SHORT, Locale.ROOT)));
            cities.forEach(city -> text.append(String.format(Locale.ROOT, "  %22s", cell(reports, city, month))));
        }
        return text.toString();
    }

    private static String cell(List<MonthReport> reports, String city, Month month) {
        return reports.stream()
                .filter(r -> r.city().equals(city) && r.month() == month.getValue())
                .map(r -> String.format(Locale.ROOT, "%s °C %8s mm", r.mean(), r.precipitation()))
                .collect(Collectors.joining());
    }
}

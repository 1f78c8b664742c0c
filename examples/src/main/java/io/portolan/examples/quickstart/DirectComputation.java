package io.portolan.examples.quickstart;

import io.portolan.examples.weather.MonthReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result computed in this process, straight from the rows. Shares no code with the program in the containers, so that it can show that
 * the program is wrong.
 */
final class DirectComputation {

    private static final int CITY = 0;
    private static final int DATE = 1;
    private static final int PRECIPITATION = 2;
    private static final int HIGHEST = 3;
    private static final int LOWEST = 4;

    private DirectComputation() {}

    /** By city, then month. */
    static List<MonthReport> of(List<String> rows) {
        Map<String, Map<Integer, List<String[]>>> groups = new TreeMap<>();
        for (String row : rows) {
            String[] fields = row.split(",", -1);
            int month = Integer.parseInt(fields[DATE].substring(5, 7));
            groups.computeIfAbsent(fields[CITY], c -> new TreeMap<>())
                    .computeIfAbsent(month, m -> new ArrayList<>())
                    .add(fields);
        }
        List<MonthReport> reports = new ArrayList<>();
        groups.forEach((city, months) -> months.forEach((month, days) -> reports.add(report(city, month, days))));
        return reports;
    }

    private static MonthReport report(String city, int month, List<String[]> days) {
        List<BigDecimal> highest = column(days, HIGHEST);
        List<BigDecimal> lowest = column(days, LOWEST);
        BigDecimal readings = BigDecimal.valueOf(2L * days.size());
        return new MonthReport(
                city,
                month,
                days.size(),
                sum(highest).add(sum(lowest)).divide(readings, 1, RoundingMode.HALF_UP),
                lowest.stream().reduce(BigDecimal::min).orElseThrow(),
                highest.stream().reduce(BigDecimal::max).orElseThrow(),
                sum(column(days, PRECIPITATION)));
    }

    private static List<BigDecimal> column(List<String[]> days, int field) {
        return days.stream().map(d -> new BigDecimal(d[field]).setScale(1)).toList();
    }

    private static BigDecimal sum(List<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

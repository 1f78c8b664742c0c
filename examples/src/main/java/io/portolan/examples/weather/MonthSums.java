package io.portolan.examples.weather;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What some days of one city in one month of the year add up to. Sums, not means: sums of parts can be added.
 *
 * @param city the city
 * @param month 1 to 12, of any year
 * @param days how many
 * @param temperatures sum of the highest and lowest temperature of each day, tenths of a degree
 * @param lowest tenths of a degree
 * @param highest tenths of a degree
 * @param precipitation sum, tenths of a millimetre
 */
record MonthSums(String city, int month, int days, long temperatures, int lowest, int highest, long precipitation) {

    static MonthSums of(Observation day) {
        return new MonthSums(
                day.city(),
                day.date().getMonthValue(),
                1,
                day.highest() + day.lowest(),
                day.lowest(),
                day.highest(),
                day.precipitation());
    }

    /** Sums by city and month, in the order of these. */
    static List<MonthSums> of(Collection<Observation> days) {
        return merge(days.stream().map(MonthSums::of));
    }

    /** Adds what belongs to one city and month, in the order of these. */
    static List<MonthSums> merge(Stream<MonthSums> sums) {
        Map<String, MonthSums> merged = new TreeMap<>();
        sums.forEach(s -> merged.merge(s.city + "/" + (s.month + 100), s, MonthSums::plus));
        return List.copyOf(merged.values());
    }

    private MonthSums plus(MonthSums other) {
        return new MonthSums(
                city,
                month,
                days + other.days,
                temperatures + other.temperatures,
                Math.min(lowest, other.lowest),
                Math.max(highest, other.highest),
                precipitation + other.precipitation);
    }

    MonthReport report() {
        BigDecimal mean = Tenths.toDecimal(temperatures).divide(BigDecimal.valueOf(2L * days), 1, RoundingMode.HALF_UP);
        return new MonthReport(
                city,
                month,
                days,
                mean,
                Tenths.toDecimal(lowest),
                Tenths.toDecimal(highest),
                Tenths.toDecimal(precipitation));
    }

    String toCsv() {
        return city + "," + month + "," + days + "," + temperatures + "," + lowest + "," + highest + ","
                + precipitation;
    }

    static MonthSums parse(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != 7) {
            throw new IllegalArgumentException("row was '" + line + "' but must have 7 columns");
        }
        return new MonthSums(
                fields[0],
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                Long.parseLong(fields[3]),
                Integer.parseInt(fields[4]),
                Integer.parseInt(fields[5]),
                Long.parseLong(fields[6]));
    }
}

package io.portolan.examples.weather;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * One day of one city.
 *
 * @param city as in the data
 * @param date the day
 * @param precipitation tenths of a millimetre
 * @param highest tenths of a degree Celsius
 * @param lowest tenths of a degree Celsius
 */
record Observation(String city, LocalDate date, int precipitation, int highest, int lowest) {

    static Observation parse(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != 7) {
            throw new IllegalArgumentException("row was '" + line + "' but must have 7 columns");
        }
        try {
            return new Observation(
                    fields[0],
                    LocalDate.parse(fields[1]),
                    Tenths.parse(fields[2]),
                    Tenths.parse(fields[3]),
                    Tenths.parse(fields[4]));
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "row was '" + line + "' but has no date or no number with one decimal", e);
        }
    }
}

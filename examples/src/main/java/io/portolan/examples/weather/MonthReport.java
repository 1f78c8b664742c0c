package io.portolan.examples.weather;

import java.math.BigDecimal;

/**
 * One line of the result: a city in one month of the year, over all years. All numbers but the month and the days have one decimal.
 *
 * @param city the city
 * @param month 1 to 12
 * @param days how many days were observed
 * @param mean mean of the daily highest and lowest temperatures, degrees Celsius
 * @param lowest lowest temperature, degrees Celsius
 * @param highest highest temperature, degrees Celsius
 * @param precipitation sum, millimetres
 */
public record MonthReport(
        String city,
        int month,
        int days,
        BigDecimal mean,
        BigDecimal lowest,
        BigDecimal highest,
        BigDecimal precipitation) {

    /** The first line of a result. */
    public static final String HEADER = "city,month,days,temp_mean,temp_min,temp_max,precipitation";

    /**
     * The line.
     *
     * @return seven columns, as in {@link #HEADER}
     */
    public String toCsv() {
        return city + "," + month + "," + days + "," + mean + "," + lowest + "," + highest + "," + precipitation;
    }

    /**
     * Reads what {@link #toCsv} wrote.
     *
     * @param line the line
     * @return the report
     * @throws IllegalArgumentException if the line is anything else
     */
    public static MonthReport parse(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != 7) {
            throw new IllegalArgumentException("row was '" + line + "' but must be " + HEADER);
        }
        return new MonthReport(
                fields[0],
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                new BigDecimal(fields[3]),
                new BigDecimal(fields[4]),
                new BigDecimal(fields[5]),
                new BigDecimal(fields[6]));
    }
}

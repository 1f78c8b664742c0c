package io.portolan.examples.weather;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The observations that come with this program; their source and licence are in the {@code README.md} next to them. */
public final class WeatherData {

    private static final String HEADER = "location,date,precipitation,temp_max,temp_min,wind,weather";

    private WeatherData() {}

    /**
     * The rows, without the header.
     *
     * @return one line for each city and day
     */
    public static List<String> rows() {
        InputStream file = WeatherData.class.getResourceAsStream("weather.csv");
        if (file == null) {
            throw new IllegalStateException("weather.csv is missing next to " + WeatherData.class.getName());
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().toList();
            if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
                throw new IllegalStateException("weather.csv does not start with " + HEADER);
            }
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read weather.csv", e);
        }
    }
}

package io.portolan.examples.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What the user sees: lines with the time since the start, and at the end how long each step took. */
final class Progress {

    private final PrintStream out;
    private final long begin = System.nanoTime();
    private final Map<String, Duration> steps = new LinkedHashMap<>();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String format, Object... values) {
        out.printf(Locale.ROOT, "[%5.1fs]   %s%n", seconds(elapsed(begin)), String.format(Locale.ROOT, format, values));
    }

    /** Runs a step under a heading and remembers how long it took. */
    <T> T step(String name, Supplier<T> work) {
        out.printf(Locale.ROOT, "[%5.1fs] %s%n", seconds(elapsed(begin)), name);
        long start = System.nanoTime();
        T result = work.get();
        steps.put(name, elapsed(start));
        return result;
    }

    void step(String name, Runnable work) {
        step(name, () -> {
            work.run();
            return true;
        });
    }

    void print(String text) {
        out.println(text.indent(11).stripTrailing());
    }

    void printTimings() {
        out.println("timings");
        steps.forEach((name, time) -> out.printf(Locale.ROOT, "  %-46s %6.1f s%n", name, seconds(time)));
        out.printf(Locale.ROOT, "  %-46s %6.1f s%n", "total", seconds(elapsed(begin)));
    }

    void end(String line) {
        out.println(line);
        out.flush();
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}

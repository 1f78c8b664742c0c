package io.portolan.benchmarks.startup;

import io.portolan.benchmarks.report.Line;
import io.portolan.benchmarks.report.Report;
import io.portolan.benchmarks.stats.Ratio;
import io.portolan.benchmarks.stats.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Measures new JVMs, in rounds that let the SDK and docker-java take turns. */
public final class StartUp {
    private static final String SECTION = "New JVM to the first answer of the engine";

    private final String application;

    /**
     * A measurement.
     *
     * @param application whose containers are asked for
     */
    public StartUp(String application) {
        this.application = application;
    }

    /**
     * Measures.
     *
     * @param rounds how many
     * @param report where results go
     * @throws IOException if a JVM cannot be started
     * @throws InterruptedException if this thread is interrupted
     */
    public void measure(int rounds, Report report) throws IOException, InterruptedException {
        double[] sdk = new double[rounds];
        double[] direct = new double[rounds];
        double[] sdkOfJvm = new double[rounds];
        double[] directOfJvm = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            boolean sdkFirst = round % 2 == 0;
            double[] first = answer(sdkFirst ? FirstAnswer.SDK : FirstAnswer.DIRECT);
            double[] second = answer(sdkFirst ? FirstAnswer.DIRECT : FirstAnswer.SDK);
            if (round >= 0) {
                sdk[round] = (sdkFirst ? first : second)[0];
                sdkOfJvm[round] = (sdkFirst ? first : second)[1];
                direct[round] = (sdkFirst ? second : first)[0];
                directOfJvm[round] = (sdkFirst ? second : first)[1];
            }
        }
        add(report, "connect to answer", Samples.of(sdk), Samples.of(direct));
        add(report, "start of the JVM to answer", Samples.of(sdkOfJvm), Samples.of(directOfJvm));
    }

    private static void add(Report report, String what, Samples sdk, Samples direct) {
        report.add(Line.ratio(SECTION, what + ", SDK / docker-java", Ratio.of(sdk, direct)));
        report.add(Line.millis(SECTION, what + ", SDK, ms", sdk));
        report.add(Line.millis(SECTION, what + ", docker-java, ms", direct));
    }

    /** Milliseconds from connecting and from the start of the JVM. */
    private double[] answer(String mode) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        FirstAnswer.class.getName(),
                        mode,
                        application)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException("first answer (" + mode + ") ended with exit code " + code);
        }
        List<String> numbers = List.of(text.split(" "));
        return new double[] {Double.parseDouble(numbers.get(0)), Double.parseDouble(numbers.get(1))};
    }
}

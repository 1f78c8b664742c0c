package io.portolan.benchmarks.startup;

import io.portolan.benchmarks.report.Line;
import io.portolan.benchmarks.report.Report;
import io.portolan.benchmarks.stats.Ratio;
import io.portolan.benchmarks.stats.Samples;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures new JVMs, in rounds that let the SDK and its reference take turns. */
public final class StartUp {
    /** Most that the SDK may take to the first answer of AWS, as a multiple of the vendor's own clients. */
    private static final double MOST_OF_VENDOR = 1.10;

    private final String section;
    private final String sdk;
    private final String reference;
    private final String name;
    private final String argument;
    private final @Nullable Double most;

    private StartUp(String section, String sdk, String reference, String name, String argument, @Nullable Double most) {
        this.section = section;
        this.sdk = sdk;
        this.reference = reference;
        this.name = name;
        this.argument = argument;
        this.most = most;
    }

    /**
     * To the first answer of the engine.
     *
     * @param application whose containers are asked for
     * @return the measurement
     */
    public static StartUp ofEngine(String application) {
        return new StartUp(
                "New JVM to the first answer of the engine",
                FirstAnswer.ENGINE_SDK,
                FirstAnswer.DOCKER_JAVA,
                "docker-java",
                application,
                null);
    }

    /**
     * To the first answer of AWS.
     *
     * @param endpoint who answers
     * @return the measurement
     */
    public static StartUp ofAws(URI endpoint) {
        return new StartUp(
                "New JVM to the first answer of AWS",
                FirstAnswer.AWS_SDK,
                FirstAnswer.AWS_VENDOR,
                "AWS SDK",
                endpoint.toString(),
                MOST_OF_VENDOR);
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
        double[] ours = new double[rounds];
        double[] direct = new double[rounds];
        double[] oursOfJvm = new double[rounds];
        double[] directOfJvm = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            boolean sdkFirst = round % 2 == 0;
            double[] first = answer(sdkFirst ? sdk : reference);
            double[] second = answer(sdkFirst ? reference : sdk);
            if (round >= 0) {
                ours[round] = (sdkFirst ? first : second)[0];
                oursOfJvm[round] = (sdkFirst ? first : second)[1];
                direct[round] = (sdkFirst ? second : first)[0];
                directOfJvm[round] = (sdkFirst ? second : first)[1];
            }
        }
        add(report, "connect to answer", Samples.of(ours), Samples.of(direct), most);
        add(report, "start of the JVM to answer", Samples.of(oursOfJvm), Samples.of(directOfJvm), null);
    }

    private void add(Report report, String what, Samples ours, Samples direct, @Nullable Double target) {
        Ratio ratio = Ratio.of(ours, direct);
        Line line = Line.ratio(section, what + ", SDK / " + name, ratio);
        report.add(target == null ? line : line.target(ratio, target));
        report.add(Line.millis(section, what + ", SDK, ms", ours));
        report.add(Line.millis(section, what + ", " + name + ", ms", direct));
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
                        argument)
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

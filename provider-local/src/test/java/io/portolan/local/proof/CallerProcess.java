package io.portolan.local.proof;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** A JVM of its own that runs {@link CallerMain}. */
final class CallerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private CallerProcess(Process process) {
        this.process = process;
        this.reader = new Thread(() -> read(process.getInputStream()), "proof-caller-output");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /** Starts a JVM and returns when it is connected to the engine. */
    static CallerProcess connected(String application, String execution, ProofJob job) {
        CallerProcess caller = started(application, execution, job);
        caller.awaitConnected();
        return caller;
    }

    /** Starts a JVM and returns at once. */
    static CallerProcess started(String application, String execution, ProofJob job) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                CallerMain.class.getName(),
                application,
                execution,
                Integer.toString(job.tasks()),
                Integer.toString(job.parallelism()),
                job.seconds());
        try {
            return new CallerProcess(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(InputStream output) {
        try (Scanner scanner = new Scanner(output, StandardCharsets.UTF_8)) {
            while (scanner.hasNextLine()) {
                lines.add(scanner.nextLine());
            }
        }
    }

    /** Lets it run the job. */
    CallerProcess go() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it go on for some time, then ends it by SIGKILL. */
    void killAfter(Duration time) {
        try {
            process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    /** Ends it by SIGKILL and returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** What it said at its end. */
    String ending() {
        try {
            await().atMost(PATIENCE).until(() -> !process.isAlive() && !reader.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("the calling JVM does not end; it said " + lines + "\n" + threads(), e);
        }
        return lines.stream()
                .filter(l -> l.startsWith(CallerMain.RESULT) || l.startsWith(CallerMain.ERROR))
                .findFirst()
                .orElse("nothing but " + lines);
    }

    /** What its threads do, to find out why it does not end. */
    private String threads() {
        try {
            Process stacks = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                            Long.toString(process.pid()),
                            "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            return new String(stacks.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "its threads cannot be shown: " + e;
        }
    }

    /** Whether it said how the execution ended. */
    boolean isOver() {
        return said(CallerMain.RESULT).isPresent();
    }

    /** Returns when it is connected to the engine. */
    void awaitConnected() {
        await("connection of the calling JVM")
                .atMost(PATIENCE)
                .until(() -> said(CallerMain.CONNECTED).isPresent() || !process.isAlive());
        if (said(CallerMain.CONNECTED).isEmpty()) {
            throw new IllegalStateException("the calling JVM said only " + lines);
        }
    }

    private Optional<String> said(String start) {
        return lines.stream().filter(l -> l.startsWith(start)).findFirst();
    }

    @Override
    public void close() {
        kill();
    }
}

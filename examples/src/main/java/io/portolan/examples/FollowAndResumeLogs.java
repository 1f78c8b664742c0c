package io.portolan.examples;

import io.portolan.Cloud;
import io.portolan.id.ExecutionId;
import io.portolan.run.JobExecution;
import io.portolan.run.LogCursor;
import io.portolan.run.LogFollower;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads the logs of an execution and goes on where it stopped, also in another process: nothing is lost and nothing comes twice. */
public final class FollowAndResumeLogs {

    private FollowAndResumeLogs() {}

    /**
     * Reads for some seconds; run it again to go on.
     *
     * @param args an execution id, a file for the cursor, and for how many seconds to read
     */
    public static void main(String[] args) {
        try (Cloud cloud = Cloud.connect()) {
            Duration atMost = Duration.ofSeconds(Integer.parseInt(args[2]));
            read(cloud, ExecutionId.of(args[0]), Path.of(args[1]), atMost, System.out::println);
        }
    }

    static boolean read(Cloud cloud, ExecutionId id, Path cursorFile, Duration atMost, Consumer<String> lines) {
        // tag::resume-logs[]
        JobExecution execution = cloud.jobs().find(id).orElseThrow();
        LogCursor from = Files.exists(cursorFile) ? LogCursor.parse(text(cursorFile)) : LogCursor.START;
        try (LogFollower logs = execution.followLogs(from, line -> lines.accept(line.source() + ": " + line.text()))) {
            boolean complete = logs.awaitEnd(atMost);
            logs.close(); // no line comes after this
            keep(cursorFile, logs.cursor().toString());
            return complete;
        }
        // end::resume-logs[]
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keep(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

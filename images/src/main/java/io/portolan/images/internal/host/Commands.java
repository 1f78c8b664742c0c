package io.portolan.images.internal.host;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of this machine, and reads all that they print. */
public final class Commands {
    private Commands() {}

    /**
     * How a program ended.
     *
     * @param exitCode its exit code
     * @param output what it printed, errors included
     */
    public record Outcome(int exitCode, String output) {}

    /**
     * Runs a program to its end.
     *
     * @param command program and arguments
     * @param limit the longest that it may take
     * @return how it ended
     * @throws PortolanException FAILED if it cannot be started or takes longer, CANCELLED if interrupted
     */
    public static Outcome run(List<String> command, Duration limit) {
        String shown = String.join(" ", command);
        try {
            Path output = Files.createTempFile("portolan", ".out");
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
                builder.environment().put("LC_ALL", "C");
                Process process = builder.start();
                try {
                    process.getOutputStream().close();
                    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                        throw failure(ErrorCode.FAILED, shown, "took longer than " + limit.toSeconds() + " s", null);
                    }
                    return new Outcome(
                            process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
                } finally {
                    process.destroyForcibly();
                }
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw failure(ErrorCode.FAILED, shown, "could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(ErrorCode.CANCELLED, shown, "was interrupted", e);
        }
    }

    private static PortolanException failure(
            ErrorCode code, String command, String what, @org.jspecify.annotations.Nullable Exception cause) {
        return PortolanException.builder(code, "command '" + command + "' " + what)
                .cause(cause)
                .build();
    }
}

package io.portolan.emulator;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated container does.
 *
 * @param duration how long it runs by itself, null for until it is stopped
 * @param lines what it writes when it has started
 * @param exitCode with which it ends by itself
 * @param stopExitCode with which it ends when it is stopped, null if it must be killed
 * @param oomKilled whether it ends for want of memory
 * @param startFailure why it cannot start, null if it can
 */
public record SimulatedProgram(
        @Nullable Duration duration,
        List<String> lines,
        int exitCode,
        @Nullable Integer stopExitCode,
        boolean oomKilled,
        ContainerRuntime.@Nullable StartFailure startFailure) {

    /** Takes a copy of the lines. */
    public SimulatedProgram {
        lines = List.copyOf(lines);
    }

    /**
     * A program that ends at once.
     *
     * @param exitCode with which it ends
     * @return the program
     */
    public static SimulatedProgram exiting(int exitCode) {
        return new SimulatedProgram(Duration.ZERO, List.of(), exitCode, 143, false, null);
    }

    /**
     * A program that runs until it is stopped.
     *
     * @return the program
     */
    public static SimulatedProgram serving() {
        return new SimulatedProgram(null, List.of(), 0, 143, false, null);
    }

    /**
     * A program that cannot be started.
     *
     * @param failure why
     * @return the program
     */
    public static SimulatedProgram notStarting(ContainerRuntime.StartFailure failure) {
        return new SimulatedProgram(Duration.ZERO, List.of(), 0, 143, false, failure);
    }

    /**
     * The same for another time.
     *
     * @param time how long it runs
     * @return the program
     */
    public SimulatedProgram lasting(Duration time) {
        return new SimulatedProgram(time, lines, exitCode, stopExitCode, oomKilled, startFailure);
    }

    /**
     * The same with output.
     *
     * @param output what it writes when it has started
     * @return the program
     */
    public SimulatedProgram printing(String... output) {
        return new SimulatedProgram(duration, List.of(output), exitCode, stopExitCode, oomKilled, startFailure);
    }

    /**
     * The same, but it must be killed to be stopped.
     *
     * @return the program
     */
    public SimulatedProgram ignoringStop() {
        return new SimulatedProgram(duration, lines, exitCode, null, oomKilled, startFailure);
    }

    /**
     * The same, but it ends for want of memory.
     *
     * @return the program
     */
    public SimulatedProgram runningOutOfMemory() {
        return new SimulatedProgram(duration, lines, 137, stopExitCode, true, startFailure);
    }
}

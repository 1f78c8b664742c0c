package io.portolan.local.internal.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A replica's container, as it was when it was looked at.
 *
 * @param id which replica
 * @param containerId the engine's id
 * @param base the generation that was newest when it was made
 * @param lease who started it
 * @param run how its process is
 * @param hostPort where the loopback address reaches it, 0 if it does not run
 * @param grace how long it may take to stop
 */
record Replica(ReplicaId id, String containerId, int base, Lease lease, Run run, int hostPort, Duration grace) {
    Replica {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(containerId, "containerId");
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(grace, "grace");
    }

    /**
     * How a process is.
     *
     * @param state the engine's word: {@code created}, {@code running}, {@code restarting}, {@code exited}, {@code dead}
     * @param exitCode of its last end
     * @param outOfMemory whether its last end was for lack of memory
     * @param restarts how often the engine started it again
     * @param startedAt when it was started last
     * @param error what the engine says, may be empty
     */
    record Run(String state, int exitCode, boolean outOfMemory, int restarts, Instant startedAt, String error) {
        Run {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(startedAt, "startedAt");
            Objects.requireNonNull(error, "error");
        }

        boolean isRunning() {
            return state.equals("running");
        }

        boolean isOver() {
            return state.equals("exited") || state.equals("dead") || state.equals("removing");
        }

        /** For readers: {@code running}, {@code exited with code 1}, {@code killed for lack of memory (exit code 137), 3 restarts}. */
        String text() {
            StringBuilder text = new StringBuilder();
            if (isRunning() || state.equals("created")) {
                text.append(state);
            } else if (outOfMemory) {
                text.append("killed for lack of memory (exit code ")
                        .append(exitCode)
                        .append(')');
            } else {
                text.append(state.equals("restarting") ? "ended with exit code " : state + " with exit code ")
                        .append(exitCode);
            }
            if (state.equals("restarting")) {
                text.append(", about to be restarted");
            }
            if (restarts > 0) {
                text.append(", ").append(restarts).append(restarts == 1 ? " restart" : " restarts");
            }
            if (!error.isBlank()) {
                text.append(": ").append(error.strip());
            }
            return text.toString();
        }
    }
}

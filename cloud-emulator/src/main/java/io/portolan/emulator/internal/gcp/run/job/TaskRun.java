package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpError;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One task of an execution, over all its attempts. Used with the lock held. */
final class TaskRun {
    /** Where it is. */
    enum State {
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    final Execution execution;
    final int index;
    final String uid = UUID.randomUUID().toString();
    final Instant createTime;
    State state = State.WAITING;
    int attempt;
    int retried;
    Instant updateTime;

    @Nullable
    Instant scheduledTime;

    @Nullable
    Instant startTime;

    @Nullable
    Instant completionTime;

    @Nullable
    Result last;

    TaskRun(Execution execution, int index, Instant now) {
        this.execution = execution;
        this.index = index;
        this.createTime = now;
        this.updateTime = now;
    }

    String id() {
        return execution.id + "-task" + index;
    }

    String name() {
        return execution.name() + "/tasks/" + id();
    }

    boolean hasEnded() {
        return state == State.SUCCEEDED || state == State.FAILED || state == State.CANCELLED;
    }

    /**
     * How an attempt ended.
     *
     * @param exitCode null if the container did not exit by itself
     * @param signal that ended it, 0 for none
     * @param code of the status, {@code OK} if it went well
     * @param message of the status
     */
    record Result(@Nullable Integer exitCode, int signal, String code, String message) {
        static final String EXITED = "The container exited with an error.";

        static Result exited(int exitCode) {
            return exitCode == 0 ? new Result(0, 0, "OK", "") : new Result(exitCode, 0, "INTERNAL", EXITED);
        }

        static Result killed(int signal) {
            return new Result(null, signal, "INTERNAL", EXITED);
        }

        static Result timedOut() {
            return new Result(null, 0, "DEADLINE_EXCEEDED", "The configured timeout was reached.");
        }

        static Result cancelled() {
            return new Result(null, 0, "CANCELLED", "The task was cancelled.");
        }

        static Result notStarted(String message) {
            return new Result(null, 0, "INTERNAL", message);
        }

        boolean isGood() {
            return code.equals("OK");
        }

        /** As the condition of the execution says it. */
        String ofTask(String task) {
            return "Task " + task + " failed with exit code: " + (exitCode == null ? 0 : exitCode) + " and message: "
                    + message;
        }

        /** Zeros and the status of what went well are left out, as all defaults are. */
        ObjectNode view() {
            ObjectNode view = JsonNodeFactory.instance.objectNode();
            view.set("status", isGood() ? JsonNodeFactory.instance.objectNode() : GcpError.rpcStatus(code, message));
            if (exitCode != null && exitCode != 0) {
                view.put("exitCode", exitCode);
            }
            if (signal != 0) {
                view.put("termSignal", signal);
            }
            return view;
        }
    }
}

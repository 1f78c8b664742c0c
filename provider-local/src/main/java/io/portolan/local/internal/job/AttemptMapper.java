package io.portolan.local.internal.job;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import io.portolan.id.AttemptKey;
import io.portolan.local.internal.container.FailureMapper;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import io.portolan.run.Timings;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the neutral status of an attempt out of what the engine shows. Pure. */
final class AttemptMapper {
    private static final int SIGKILL = 9;
    private static final int KILLED = 128 + SIGKILL;
    private static final Duration SHORT = Duration.ofSeconds(2);

    private AttemptMapper() {}

    /** The status of an attempt whose start was just accepted. */
    static AttemptStatus started(FoundAttempt found) {
        return AttemptStatus.builder(found.key(), AttemptState.RUNNING)
                .nativeId(found.id())
                .timings(new Timings(found.createdAt(), null, null))
                .build();
    }

    /** The status of an attempt that the list shows as alive. */
    static AttemptStatus alive(FoundAttempt found) {
        StopReason reason = found.name().stopReason();
        return AttemptStatus.builder(found.key(), reason == null ? AttemptState.RUNNING : AttemptState.STOPPING)
                .nativeId(found.id())
                .stopReason(reason)
                .timings(new Timings(found.createdAt(), null, null))
                .build();
    }

    static AttemptStatus pending(AttemptKey key, @Nullable String id) {
        return AttemptStatus.builder(key, AttemptState.PENDING).nativeId(id).build();
    }

    static AttemptStatus gone(AttemptKey key, String id) {
        return AttemptStatus.builder(key, AttemptState.GONE).nativeId(id).build();
    }

    static AttemptStatus refused(AttemptKey key, @Nullable String id, Failure failure) {
        return AttemptStatus.builder(key, AttemptState.ENDED)
                .nativeId(id)
                .failure(failure)
                .build();
    }

    /** Whether its process was never started and nothing says that it must not be. */
    static boolean isUnstarted(AttemptName name, InspectContainerResponse seen) {
        ContainerState state = seen.getState();
        return "created".equals(state.getStatus())
                && text(state.getError()).isEmpty()
                && instant(state.getStartedAt()) == null
                && name.mark() == null;
    }

    /** Whether it is just being removed and was never started: it cannot be started any more. */
    static boolean isWithdrawn(InspectContainerResponse seen) {
        ContainerState state = seen.getState();
        return "removing".equals(state.getStatus()) && instant(state.getStartedAt()) == null;
    }

    /**
     * The status of an attempt after a closer look.
     *
     * @param key the attempt
     * @param name the name that the container has now
     * @param seen the closer look
     * @param lastWords the last line of its standard error, where it was read; null otherwise
     * @return its status
     */
    static AttemptStatus status(
            AttemptKey key, AttemptName name, InspectContainerResponse seen, @Nullable String lastWords) {
        ContainerState state = seen.getState();
        AttemptStatus.Builder status = AttemptStatus.builder(key, state(name, seen))
                .nativeId(seen.getId())
                .stopReason(name.stopReason())
                .timings(timings(seen));
        if (state(name, seen) != AttemptState.ENDED) {
            return status.build();
        }
        if (instant(state.getStartedAt()) == null) {
            return status.failure(unstarted(name, state)).build();
        }
        if (state.getExitCodeLong() == null) {
            return status.failure(withoutCode(name)).build();
        }
        int exit = exitCode(state);
        return status.exitCode(exit)
                .signal(exit == KILLED ? SIGKILL : null)
                .failure(ended(name, seen, exit, lastWords))
                .build();
    }

    /** Whether the last line of standard error can tell more: a process that could not even begin. */
    static boolean wantsLastWords(InspectContainerResponse seen) {
        ContainerState state = seen.getState();
        int exit = exitCode(state);
        Instant started = instant(state.getStartedAt());
        Instant finished = instant(state.getFinishedAt());
        return (exit == 1 || exit == 126 || exit == 127 || exit == 255)
                && started != null
                && finished != null
                && Duration.between(started, finished).compareTo(SHORT) < 0;
    }

    private static AttemptState state(AttemptName name, InspectContainerResponse seen) {
        String status = text(seen.getState().getStatus());
        return switch (status) {
            case "created" -> isUnstarted(name, seen) ? AttemptState.PENDING : AttemptState.ENDED;
            case "running", "paused", "restarting" ->
                name.stopReason() == null ? AttemptState.RUNNING : AttemptState.STOPPING;
            case "exited", "dead" -> AttemptState.ENDED;
            default -> AttemptState.UNKNOWN;
        };
    }

    private static Failure unstarted(AttemptName name, ContainerState state) {
        StopReason reason = name.stopReason();
        if (reason != null) {
            return stopped(reason, "before it started");
        }
        String error = text(state.getError());
        FailureCause refusal = name.refusal();
        if (error.isEmpty() && refusal != null) {
            return Failure.of(refusal, "The engine refused to start the container and kept no reason");
        }
        return FailureMapper.start(
                error.isEmpty() ? "The container ended without having been started" : error,
                Integer.toString(exitCode(state)));
    }

    /** Docker always tells the code, but what it left out must not read as success. */
    private static Failure withoutCode(AttemptName name) {
        StopReason reason = name.stopReason();
        return reason == null
                ? Failure.of(FailureCause.UNKNOWN, "The process ended, and the engine does not say how")
                : stopped(reason, "and the engine does not say with which exit code");
    }

    private static @Nullable Failure ended(
            AttemptName name, InspectContainerResponse seen, int exit, @Nullable String lastWords) {
        StopReason reason = name.stopReason();
        if (reason != null) {
            return stopped(reason, "with exit code " + exit);
        }
        if (exit == 0) {
            return null;
        }
        if (Boolean.TRUE.equals(seen.getState().getOOMKilled())) {
            Long limit =
                    seen.getHostConfig() == null ? null : seen.getHostConfig().getMemory();
            return Failure.of(
                            FailureCause.OUT_OF_MEMORY,
                            "The kernel killed a process of the container because it needed more than its limit of "
                                    + (limit == null ? "memory" : limit + " bytes") + "; exit code " + exit)
                    .nativeCode("OOMKilled")
                    .hint("Raise resources.memory, or make the program use less");
        }
        if (lastWords != null && lastWords.contains("exec format error")) {
            return FailureMapper.start(lastWords, Integer.toString(exit));
        }
        String how = exit == KILLED
                ? "The process was killed by signal 9, sent neither by this SDK nor for lack of memory"
                : "The process ended with exit code " + exit;
        return Failure.of(FailureCause.APP_EXIT, how).nativeCode(Integer.toString(exit));
    }

    private static Failure stopped(StopReason reason, String how) {
        return reason == StopReason.TIMEOUT
                ? Failure.of(FailureCause.TIMEOUT, "Stopped because it ran longer than the job allows, " + how)
                : Failure.of(FailureCause.CANCELLED, "Stopped because the execution was cancelled, " + how);
    }

    private static Timings timings(InspectContainerResponse seen) {
        Instant started = instant(seen.getState().getStartedAt());
        Instant finished = instant(seen.getState().getFinishedAt());
        // The engine notes the end of a very short process a little before its start.
        boolean swapped = started != null && finished != null && finished.isBefore(started);
        return new Timings(instant(seen.getCreated()), started, swapped ? started : finished);
    }

    private static int exitCode(ContainerState state) {
        Long exit = state.getExitCodeLong();
        return exit == null ? 0 : exit.intValue();
    }

    /** The engine writes the year 1 for what did not happen. */
    static @Nullable Instant instant(@Nullable String text) {
        try {
            Instant instant = text == null || text.isEmpty()
                    ? null
                    : OffsetDateTime.parse(text).toInstant();
            return instant == null || instant.isBefore(Instant.EPOCH) ? null : instant;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}

package io.portolan.aws.internal.job;

import io.portolan.aws.internal.definition.TaskDefinitionMapper;
import io.portolan.id.AttemptKey;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import io.portolan.run.Timings;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Makes the neutral status of an attempt out of a task of ECS. Pure. */
final class TaskMapper {
    private static final int SIGNALS = 128;
    private static final int KILLED = SIGNALS + 9;
    private static final int LAST = 255;

    private TaskMapper() {}

    /**
     * The status.
     *
     * @param key the attempt that the task is
     * @param task what ECS shows
     * @param recorded why this SDK asked it to stop, as the journal has it; null if it did not
     * @return the status
     */
    static AttemptStatus of(AttemptKey key, Task task, @Nullable StopReason recorded) {
        AttemptState state = state(task);
        AttemptStatus.Builder status = AttemptStatus.builder(key, state)
                .nativeId(task.taskArn())
                .timings(new Timings(
                        task.createdAt(),
                        task.startedAt(),
                        task.executionStoppedAt() == null ? task.stoppedAt() : task.executionStoppedAt()));
        if (state == AttemptState.ENDED) {
            return ended(task, recorded, status);
        }
        StopReason said = StopText.read(task.stoppedReason());
        StopReason reason = said == null ? recorded : said;
        // A stop that was recorded but never reached ECS is shown, so that it is asked for again.
        boolean stops = reason != null && (state == AttemptState.STARTING || state == AttemptState.RUNNING);
        return (stops ? AttemptStatus.builder(key, AttemptState.STOPPING) : status)
                .nativeId(task.taskArn())
                .timings(new Timings(task.createdAt(), task.startedAt(), null))
                .stopReason(reason)
                .build();
    }

    private static AttemptState state(Task task) {
        AttemptState state = switch (text(task.lastStatus())) {
            case "PROVISIONING", "PENDING", "ACTIVATING" -> AttemptState.STARTING;
            case "RUNNING" -> AttemptState.RUNNING;
            case "DEACTIVATING", "STOPPING", "DEPROVISIONING" -> AttemptState.STOPPING;
            case "STOPPED" -> AttemptState.ENDED;
            case "DELETED" -> AttemptState.GONE;
            default -> AttemptState.UNKNOWN;
        };
        boolean isToStop = "STOPPED".equals(task.desiredStatus());
        return isToStop && (state == AttemptState.STARTING || state == AttemptState.RUNNING)
                ? AttemptState.STOPPING
                : state;
    }

    private static AttemptStatus ended(Task task, @Nullable StopReason recorded, AttemptStatus.Builder status) {
        Container main = container(task, TaskDefinitionMapper.CONTAINER);
        Integer exit = main == null ? null : main.exitCode();
        status.exitCode(exit);
        if (exit != null && exit > SIGNALS && exit < LAST) {
            status.signal(exit - SIGNALS);
        }
        StopReason reason = stopReason(task, exit, recorded);
        if (reason != null) {
            return status.stopReason(reason).failure(stopped(reason, exit)).build();
        }
        // A process may answer the request to stop with 0: only an end by itself is a success.
        if (exit != null && exit == 0 && isByItself(task)) {
            return status.build();
        }
        return status.failure(failure(task, exit)).build();
    }

    private static @Nullable StopReason stopReason(Task task, @Nullable Integer exit, @Nullable StopReason recorded) {
        StopReason said = StopText.read(task.stoppedReason());
        if (said != null) {
            return said;
        }
        if (task.stopCode() == TaskStopCode.USER_INITIATED && recorded != null) {
            return recorded;
        }
        Container timer = container(task, TaskDefinitionMapper.TIMER);
        boolean isTimeUp = timer != null && timer.exitCode() != null && timer.exitCode() == 0;
        boolean isMainDone = exit != null && exit == 0;
        return isTimeUp && !isMainDone && isByItself(task) ? StopReason.TIMEOUT : null;
    }

    private static boolean isByItself(Task task) {
        return task.stopCodeAsString() == null || task.stopCode() == TaskStopCode.ESSENTIAL_CONTAINER_EXITED;
    }

    private static Failure failure(Task task, @Nullable Integer exit) {
        String code = text(task.stopCodeAsString());
        String said = said(task);
        switch (task.stopCode() == null ? TaskStopCode.UNKNOWN_TO_SDK_VERSION : task.stopCode()) {
            case SPOT_INTERRUPTION, TERMINATION_NOTICE -> {
                return Failure.of(FailureCause.PREEMPTED, said).nativeCode(code);
            }
            case USER_INITIATED, SERVICE_SCHEDULER_INITIATED -> {
                return Failure.of(FailureCause.CANCELLED, said)
                        .nativeCode(code)
                        .hint("Somebody stopped the task in ECS, not through this SDK");
            }
            default -> {}
        }
        return FailureMapper.find(said, code.isEmpty() ? "STOPPED" : code)
                .orElseGet(() -> unexplained(task, exit, code, said));
    }

    private static Failure unexplained(Task task, @Nullable Integer exit, String code, String said) {
        if (task.stopCode() == TaskStopCode.INFRASTRUCTURE_HEALTH) {
            return Failure.of(FailureCause.PLATFORM, said).nativeCode(code);
        }
        if (exit != null && exit != 0) {
            Failure failure = Failure.of(FailureCause.APP_EXIT, exited(exit)).nativeCode(Integer.toString(exit));
            return exit == KILLED
                    ? failure.hint("If nothing in the container sends signal 9, it needed more memory than it has:"
                            + " raise resources.memory")
                    : failure;
        }
        if (task.stopCode() == TaskStopCode.TASK_FAILED_TO_START
                && task.containers().isEmpty()) {
            // ECS tried for half an hour, then gave up without a word.
            return Failure.of(FailureCause.NO_CAPACITY, said)
                    .nativeCode(code)
                    .hint("Look at the capacity provider: it gave no instance that fits the job");
        }
        return Failure.of(FailureCause.PLATFORM, said).nativeCode(code.isEmpty() ? "STOPPED" : code);
    }

    private static String exited(int exit) {
        return exit == KILLED
                ? "The process was killed by signal 9, which this SDK did not send"
                : "The process ended with exit code " + exit;
    }

    private static Failure stopped(StopReason reason, @Nullable Integer exit) {
        String how = exit == null ? "before it ended" : "and ended with exit code " + exit;
        return reason == StopReason.TIMEOUT
                ? Failure.of(FailureCause.TIMEOUT, "Stopped because it ran longer than the job allows, " + how)
                : Failure.of(FailureCause.CANCELLED, "Stopped because the execution was cancelled, " + how);
    }

    /** All that ECS says: the task's reason, then those of its containers; what is said twice, once. */
    private static String said(Task task) {
        Set<String> parts = new LinkedHashSet<>();
        parts.add(text(task.stoppedReason()));
        task.containers().forEach(container -> parts.add(text(container.reason())));
        parts.removeIf(String::isBlank);
        return parts.isEmpty()
                ? "ECS stopped the task and gave no reason"
                : FailureMapper.shown(String.join("; ", parts));
    }

    private static @Nullable Container container(Task task, String name) {
        return task.containers().stream()
                .filter(container -> name.equals(container.name()))
                .findFirst()
                .orElse(null);
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}

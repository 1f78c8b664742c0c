package io.portolan.aws.internal.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Why replicas ended, in words, and whether another would end the same way. Pure. */
final class TaskReasons {
    private static final Pattern FINAL = Pattern.compile(
            "(?i)Cannot ?Pull.*(?:not found|manifest unknown|invalid reference|does not exist|name unknown"
                    + "|no matching manifest|descriptor matching platform|denied|unauthorized)"
                    + "|exec format error|executable file not found|no command specified"
                    + "|ResourceInitializationError.*(?:secret|parameter|ssm)"
                    + "|(?:Cannot(?:Start|Create)Container|ContainerRuntimeError).*(?:no such file|permission denied)"
                    + "|failed (?:ELB|container) health checks",
            Pattern.DOTALL);

    private TaskReasons() {}

    /** What an end says about the next replica. */
    enum Weight {
        /** Nothing: it was told to end, or the platform failed. */
        NONE,
        /** The program ended by itself, which it may not do the next time. */
        CRASH,
        /** The next one will end the same way. */
        FINAL
    }

    /** What the end of a task says about the next one. */
    static Weight weight(Task task) {
        if (FINAL.matcher(raw(task)).find()) {
            return Weight.FINAL;
        }
        boolean own = task.stopCode() == TaskStopCode.ESSENTIAL_CONTAINER_EXITED
                || (task.stopCode() == null && task.containers().stream().anyMatch(c -> c.exitCode() != null));
        return own ? Weight.CRASH : Weight.NONE;
    }

    /** The reason in one line, with the image if it could not be pulled. */
    static String text(Task task) {
        List<String> parts = new ArrayList<>();
        for (Container container : task.containers()) {
            if (container.exitCode() != null) {
                parts.add("container " + container.name() + " ended with exit code " + container.exitCode());
            }
            if (container.reason() != null && !container.reason().isBlank()) {
                parts.add(container.reason());
            }
        }
        String stopped = Objects.requireNonNullElse(task.stoppedReason(), "");
        if (!stopped.isBlank() && parts.stream().noneMatch(stopped::contains)) {
            parts.add(0, stopped);
        }
        String text = String.join("; ", parts).strip().replaceAll("\\s*\\R\\s*", " ");
        return text.contains("CannotPull") ? text + imageOf(task, text) : text;
    }

    private static String imageOf(Task task, String text) {
        return task.containers().stream()
                .map(Container::image)
                .filter(image -> image != null && !text.contains(image))
                .findFirst()
                .map(image -> " (image " + image + ")")
                .orElse("");
    }

    /** The different reasons of those that say something. */
    static List<String> texts(List<Task> stopped) {
        return stopped.stream()
                .filter(task -> weight(task) != Weight.NONE)
                .map(TaskReasons::text)
                .distinct()
                .limit(3)
                .toList();
    }

    private static String raw(Task task) {
        StringBuilder text = new StringBuilder(Objects.requireNonNullElse(task.stoppedReason(), ""));
        task.containers().forEach(c -> text.append(' ').append(Objects.requireNonNullElse(c.reason(), "")));
        return text.toString();
    }
}

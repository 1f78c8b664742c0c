package io.portolan.local.internal.image;

import io.portolan.image.BuildEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a builder prints: passed on line by line, the last lines kept for the error. Not thread-safe. */
final class BuildLog {
    private static final int KEPT = 20;
    private static final Pattern STEP = Pattern.compile("(Step (\\d+/\\d+)) : .*");
    private static final Pattern BUILT = Pattern.compile("Successfully built ([0-9a-f]+)");

    private final Consumer<BuildEvent> progress;
    private final Deque<String> last = new ArrayDeque<>();
    private String step = "";
    private @Nullable String imageId;

    BuildLog(Consumer<BuildEvent> progress) {
        this.progress = progress;
    }

    /** The engine cuts its output anywhere, but ends each of its own lines. */
    void add(@Nullable String stream, @Nullable String status) {
        String text = stream == null ? status : stream;
        if (text != null) {
            text.lines()
                    .map(String::stripTrailing)
                    .filter(line -> !line.isBlank())
                    .forEach(this::line);
        }
    }

    void line(String line) {
        Matcher begun = STEP.matcher(line);
        if (begun.matches()) {
            step = line;
            last.clear();
        } else {
            last.addLast(line);
        }
        if (last.size() > KEPT) {
            last.removeFirst();
        }
        Matcher built = BUILT.matcher(line);
        if (built.matches()) {
            imageId = built.group(1);
        }
        Matcher current = STEP.matcher(step);
        progress.accept(new BuildEvent(current.matches() ? "STEP " + current.group(2) : "build", line));
    }

    /** The line that began the current step, empty before the first. */
    String step() {
        return step;
    }

    String where() {
        return step.isEmpty() ? "" : " at " + step;
    }

    String tail() {
        return last.isEmpty() ? "" : "\nlast lines:\n  " + String.join("\n  ", last);
    }

    Optional<String> imageId() {
        return Optional.ofNullable(imageId);
    }
}

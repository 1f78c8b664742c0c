package io.portolan.local.internal.job;

import com.github.dockerjava.api.model.Container;
import io.portolan.id.AttemptKey;
import io.portolan.local.internal.container.Labels;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attempt's container as a list of containers shows it.
 *
 * @param id of the container
 * @param name of the container
 * @param key the attempt, from the labels
 * @param state the engine's word: created, running, paused, restarting, removing, exited, dead
 * @param createdAt to the second
 */
record FoundAttempt(String id, AttemptName name, AttemptKey key, String state, Instant createdAt) {
    /** Reads a list entry; null if it is no attempt of this application. */
    static @Nullable FoundAttempt of(Container container, String application) {
        Map<String, String> labels = container.getLabels();
        if (!Labels.isOurs(labels, application)) {
            return null;
        }
        AttemptKey key = Labels.attempt(labels);
        String[] names = container.getNames();
        AttemptName name = names == null || names.length == 0 ? null : AttemptName.parse(names[0]);
        if (key == null || name == null) {
            return null;
        }
        return new FoundAttempt(
                container.getId(),
                name,
                key,
                Objects.requireNonNullElse(container.getState(), ""),
                Instant.ofEpochSecond(Objects.requireNonNullElse(container.getCreated(), 0L)));
    }

    /** Never started, or its start failed: only a closer look tells. */
    boolean isCreated() {
        return state.equals("created");
    }

    boolean isAlive() {
        return state.equals("running") || state.equals("paused") || state.equals("restarting");
    }
}

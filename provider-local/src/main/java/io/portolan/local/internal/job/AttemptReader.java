package io.portolan.local.internal.job;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.spi.AttemptRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how attempts stand: one list for all, a closer look only at those that ended or were not started. */
final class AttemptReader {
    private final AttemptContainers containers;
    private final LastWords lastWords;
    private final Consumer<FoundAttempt> stopping;
    private final Deaths deaths = new Deaths();

    /**
     * A reader.
     *
     * @param containers the calls
     * @param lastWords reads the last line of standard error
     * @param stopping told of each container that should be stopping, so that a stop that a dead JVM began is finished
     */
    AttemptReader(AttemptContainers containers, LastWords lastWords, Consumer<FoundAttempt> stopping) {
        this.containers = containers;
        this.lastWords = lastWords;
        this.stopping = stopping;
    }

    AttemptContainers containers() {
        return containers;
    }

    /** The engine told that a container's process ended. */
    void died(String container) {
        deaths.add(container);
    }

    List<AttemptStatus> describe(Collection<AttemptRef> attempts) {
        Map<String, AttemptStatus> ended = ended(attempts);
        List<AttemptRef> others =
                attempts.stream().filter(a -> !ended.containsKey(a.nativeId())).toList();
        Map<String, FoundAttempt> byId = byId(others);
        Map<String, List<FoundAttempt>> byIdentity = missing(others, byId);
        List<AttemptStatus> statuses = new ArrayList<>(ended.values());
        for (AttemptRef attempt : others) {
            FoundAttempt found = byId.get(attempt.nativeId());
            AttemptStatus status =
                    found == null ? best(byIdentity.getOrDefault(attempt.key().toString(), List.of())) : status(found);
            statuses.add(status == null ? AttemptMapper.gone(attempt.key(), attempt.nativeId()) : status);
        }
        return statuses;
    }

    /** Those that the engine told to have ended: the list has nothing to say about them, and may not show it yet. */
    private Map<String, AttemptStatus> ended(Collection<AttemptRef> attempts) {
        Map<String, AttemptStatus> ended = new LinkedHashMap<>();
        for (AttemptRef attempt : attempts) {
            if (deaths.remove(attempt.nativeId())) {
                InspectContainerResponse look = containers.inspect(attempt.nativeId());
                AttemptName name = look == null ? null : AttemptName.parse(look.getName());
                if (look != null && name != null && !AttemptMapper.isWithdrawn(look)) {
                    ended.put(attempt.nativeId(), closer(attempt.key(), name, look));
                }
            }
        }
        return ended;
    }

    private Map<String, FoundAttempt> byId(List<AttemptRef> attempts) {
        if (attempts.isEmpty()) {
            return Map.of();
        }
        return containers.withIds(attempts.stream().map(AttemptRef::nativeId).toList()).stream()
                .collect(Collectors.toMap(FoundAttempt::id, Function.identity(), (a, b) -> a));
    }

    List<AttemptStatus> list(ExecutionId id) {
        List<AttemptStatus> statuses = new ArrayList<>();
        for (List<FoundAttempt> same : byIdentity(containers.of(id)).values()) {
            AttemptStatus status = best(same);
            if (status != null) {
                statuses.add(status);
            }
        }
        return statuses;
    }

    /** The status of one container. */
    AttemptStatus status(FoundAttempt found) {
        // The engine tells of an end before its list of containers shows it; a closer look waits until it is settled.
        if (found.isAlive() && !deaths.remove(found.id())) {
            if (found.name().stopReason() != null) {
                stopping.accept(found);
            }
            return AttemptMapper.alive(found);
        }
        InspectContainerResponse look = containers.inspect(found.id());
        if (look == null || AttemptMapper.isWithdrawn(look)) {
            return AttemptMapper.gone(found.key(), found.id());
        }
        AttemptName name = AttemptName.parse(look.getName());
        return closer(found.key(), name == null ? found.name() : name, look);
    }

    private AttemptStatus closer(AttemptKey key, AttemptName name, InspectContainerResponse look) {
        String words = AttemptMapper.wantsLastWords(look) ? lastWords.of(look.getId()) : null;
        return AttemptMapper.status(key, name, look, words);
    }

    /** Of several containers of one attempt, the one that was started; those that never were are left-overs of races. */
    private @Nullable AttemptStatus best(List<FoundAttempt> same) {
        List<FoundAttempt> sorted = same.stream()
                .sorted(Comparator.comparing(FoundAttempt::isCreated).thenComparing(FoundAttempt::id))
                .toList();
        AttemptStatus first = null;
        for (FoundAttempt found : sorted) {
            AttemptStatus status = status(found);
            if (status.state() != AttemptState.PENDING && status.state() != AttemptState.GONE) {
                return status;
            }
            first = first == null ? status : first;
        }
        return first;
    }

    /** Containers that go by another id than the one that is known, because another JVM's was kept. */
    private Map<String, List<FoundAttempt>> missing(Collection<AttemptRef> attempts, Map<String, FoundAttempt> byId) {
        List<AttemptKey> keys = attempts.stream()
                .filter(attempt -> !byId.containsKey(attempt.nativeId()))
                .map(AttemptRef::key)
                .toList();
        return keys.isEmpty() ? Map.of() : byIdentity(containers.of(keys));
    }

    private static Map<String, List<FoundAttempt>> byIdentity(List<FoundAttempt> found) {
        return found.stream()
                .collect(Collectors.groupingBy(one -> one.key().toString(), LinkedHashMap::new, Collectors.toList()));
    }

    /** Reads the last line that a container wrote to standard error. */
    @FunctionalInterface
    interface LastWords {
        /**
         * The line.
         *
         * @param id of the container
         * @return null if there is none or it cannot be read
         */
        @Nullable
        String of(String id);
    }
}

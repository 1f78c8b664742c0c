package io.portolan.local.internal.job;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.container.Names;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.engine.DockerErrors;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The calls to the engine that attempts need. One call each, no decisions. Names hold no character that a pattern takes otherwise. */
final class AttemptContainers {
    private final DockerEngine engine;
    private final String application;

    AttemptContainers(DockerEngine engine, String application) {
        this.engine = engine;
        this.application = application;
    }

    /** Every container of one attempt: one, but for races and crashes. */
    List<FoundAttempt> of(AttemptKey key) {
        return named("^/?" + Names.attempt(application, key) + "\\.").stream()
                .filter(found -> sameAttempt(found.key(), key))
                .toList();
    }

    /** Every container of several attempts. */
    List<FoundAttempt> of(Collection<AttemptKey> keys) {
        String names = keys.stream().map(key -> Names.attempt(application, key)).collect(Collectors.joining("|"));
        return named("^/?(" + names + ")\\.");
    }

    /** Every container of the attempts of an execution. */
    List<FoundAttempt> of(ExecutionId id) {
        return named("^/?" + Names.execution(application, id) + "_").stream()
                .filter(found -> found.key().execution().equals(id))
                .toList();
    }

    /** The containers with these ids, as far as they are there. */
    List<FoundAttempt> withIds(Collection<String> ids) {
        return found(engine.read(
                "list",
                ids.size() + " containers",
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withIdFilter(ids)
                        .exec()));
    }

    /** A closer look; null if there is no such container. */
    @Nullable
    InspectContainerResponse inspect(String idOrName) {
        return unlessGone(() -> engine.read(
                "inspect",
                idOrName,
                client -> client.inspectContainerCmd(idOrName).exec()));
    }

    /** Renames; false if no container has the name any more, because somebody else was faster. */
    boolean rename(AttemptName from, AttemptName to) {
        return unlessGone(() -> engine.change("rename", from.toString(), client -> {
                    client.renameContainerCmd(from.toString())
                            .withName(to.toString())
                            .exec();
                    return true;
                }))
                != null;
    }

    /** Starts; false if no container has the name any more. Already started is as good as started. */
    boolean start(AttemptName name) {
        return unlessGone(() -> engine.change("start", name.toString(), client -> {
                    try {
                        client.startContainerCmd(name.toString()).exec();
                    } catch (RuntimeException e) {
                        if (DockerErrors.status(e) != 304) {
                            throw e;
                        }
                    }
                    return true;
                }))
                != null;
    }

    /** Removes a container that does not run, by its name; nothing happens if none has it. */
    void removeStopped(AttemptName name) {
        unlessGone(() -> engine.change("remove", name.toString(), client -> {
            client.removeContainerCmd(name.toString()).exec();
            return true;
        }));
    }

    /** Removes a container whatever it does. */
    void removeForced(String id) {
        unlessGone(() -> engine.change("remove", id, client -> {
            client.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            return true;
        }));
    }

    /** Sends a signal; nothing happens if the container does not run. */
    void kill(String id, String signal) {
        unlessGone(() -> engine.change("kill", id, client -> {
            try {
                client.killContainerCmd(id).withSignal(signal).exec();
            } catch (RuntimeException e) {
                if (DockerErrors.status(e) != 409) {
                    throw e;
                }
            }
            return true;
        }));
    }

    private List<FoundAttempt> named(String pattern) {
        return found(engine.read(
                "list",
                "containers",
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withNameFilter(List.of(pattern))
                        .exec()));
    }

    private List<FoundAttempt> found(List<Container> containers) {
        return containers.stream()
                .map(container -> FoundAttempt.of(container, application))
                .filter(Objects::nonNull)
                .map(found -> Objects.requireNonNull(found, "found"))
                .toList();
    }

    private static boolean sameAttempt(AttemptKey one, AttemptKey other) {
        return one.execution().equals(other.execution())
                && one.index() == other.index()
                && one.attempt() == other.attempt();
    }

    private static <T> @Nullable T unlessGone(java.util.function.Supplier<T> call) {
        try {
            return call.get();
        } catch (PortolanException e) {
            // A start may also miss its network, which is a refusal and not an absence.
            Throwable cause = e.getCause();
            if (e.code() == ErrorCode.NOT_FOUND
                    && cause != null
                    && DockerErrors.text(cause).startsWith("No such container")) {
                return null;
            }
            throw e;
        }
    }
}

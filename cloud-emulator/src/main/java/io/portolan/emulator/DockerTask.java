package io.portolan.emulator;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.StreamType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The containers of one task, on Docker. */
final class DockerTask implements ContainerRuntime.TaskContainers {
    private static final Logger LOG = LoggerFactory.getLogger(DockerTask.class);

    private static final int KILLED = 137;
    private static final Duration LATE_EVENTS = Duration.ofMillis(500);

    private final DockerContainers runtime;
    private final DockerClient docker;
    private final ContainerRuntime.TaskSpec task;
    private final ContainerRuntime.Listener listener;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> addresses = new HashMap<>();
    private boolean removed;

    DockerTask(DockerContainers runtime, ContainerRuntime.TaskSpec task, ContainerRuntime.Listener listener) {
        this.runtime = runtime;
        this.docker = runtime.docker();
        this.task = task;
        this.listener = listener;
    }

    @Override
    public void start(String container) {
        ContainerRuntime.ContainerSpec spec = task.containers().stream()
                .filter(candidate -> candidate.name().equals(container))
                .findFirst()
                .orElseThrow();
        runtime.inBackground(() -> run(spec));
    }

    @Override
    public void stop(String container, Duration grace) {
        String id = id(container);
        if (id != null) {
            runtime.inBackground(() -> {
                try {
                    docker.stopContainerCmd(id)
                            .withTimeout((int) grace.toSeconds())
                            .exec();
                } catch (RuntimeException e) {
                    // It has stopped by itself, which is reported as any exit is.
                    LOG.debug("Could not stop {}", container, e);
                }
            });
        }
    }

    @Override
    public synchronized void remove() {
        removed = true;
        List<String> all = List.copyOf(ids.values());
        ids.clear();
        addresses.clear();
        if (!all.isEmpty()) {
            runtime.inBackground(() -> all.forEach(runtime::removeContainer));
        }
    }

    @Override
    public synchronized Optional<String> address(String container, int port) {
        return Optional.ofNullable(addresses.get(container + ":" + port));
    }

    @Override
    public CompletionStage<Boolean> exec(String container, List<String> command, Duration limit) {
        String id = id(container);
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        if (id == null) {
            result.complete(false);
        } else {
            runtime.inBackground(() -> result.complete(DockerExec.run(docker, id, command, limit)));
        }
        return result;
    }

    private void run(ContainerRuntime.ContainerSpec spec) {
        String id;
        try {
            id = create(spec);
        } catch (NotFoundException e) {
            listener.startFailed(spec.name(), ContainerRuntime.StartFailure.IMAGE_NOT_FOUND, message(e));
            return;
        } catch (RuntimeException e) {
            listener.startFailed(spec.name(), ContainerRuntime.StartFailure.OTHER, message(e));
            return;
        }
        if (!keep(spec.name(), id)) {
            runtime.removeContainer(id);
            return;
        }
        try {
            placeFiles(spec, id);
            docker.startContainerCmd(id).exec();
        } catch (RuntimeException e) {
            listener.startFailed(spec.name(), failure(message(e)), message(e));
            return;
        }
        try {
            watch(spec, id);
        } catch (RuntimeException e) {
            if (!isRemoved()) {
                LOG.warn("Lost sight of container {}", spec.name(), e);
                listener.exited(spec.name(), 137, false);
            }
        }
    }

    private String create(ContainerRuntime.ContainerSpec spec) {
        try {
            return DockerRequests.create(runtime, task, spec).exec().getId();
        } catch (NotFoundException e) {
            pull(spec.image());
            return DockerRequests.create(runtime, task, spec).exec().getId();
        }
    }

    private void placeFiles(ContainerRuntime.ContainerSpec spec, String id) {
        if (spec.files().isEmpty()) {
            return;
        }
        try (FileTree tree = FileTree.of(spec.files())) {
            docker.copyArchiveToContainerCmd(id)
                    .withHostResource(tree.root().toString())
                    .withDirChildrenOnly(true)
                    .withRemotePath("/")
                    .exec();
        }
    }

    private void pull(String image) {
        try {
            docker.pullImageCmd(image).start().awaitCompletion(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            throw new NotFoundException(message(e), e);
        }
    }

    private void watch(ContainerRuntime.ContainerSpec spec, String id) {
        InspectContainerResponse started = docker.inspectContainerCmd(id).exec();
        publish(spec.name(), started);
        listener.running(spec.name(), id, started.getImageId());
        Lines lines = new Lines((stream, line) ->
                listener.output(spec.name(), stream, line, runtime.clock().instant()));
        try {
            docker.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            lines.add(
                                    frame.getStreamType() == StreamType.STDERR ? "stderr" : "stdout",
                                    frame.getPayload());
                        }
                    })
                    .awaitCompletion();
            lines.end();
            int code = docker.waitContainerCmd(id)
                    .exec(new WaitContainerResultCallback())
                    .awaitStatusCode();
            boolean oom = isOutOfMemory(docker, id, code);
            if (!isRemoved()) {
                listener.exited(spec.name(), code, oom);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The state says nothing of it if the engine heard of the end first; then an event does, a little later. */
    private static boolean isOutOfMemory(DockerClient docker, String id, int code) throws InterruptedException {
        InspectContainerResponse ended = docker.inspectContainerCmd(id).exec();
        boolean said = Boolean.TRUE.equals(ended.getState().getOOMKilled());
        if (said || code != KILLED) {
            return said;
        }
        AtomicBoolean seen = new AtomicBoolean();
        docker.eventsCmd()
                .withSince(Long.toString(
                        Instant.parse(ended.getState().getStartedAt()).getEpochSecond()))
                .withUntil(seconds(Instant.now().plus(LATE_EVENTS)))
                .withContainerFilter(id)
                .withEventFilter("oom")
                .exec(new ResultCallback.Adapter<Event>() {
                    @Override
                    public void onNext(Event event) {
                        seen.set(true);
                    }
                })
                .awaitCompletion();
        return seen.get();
    }

    private static String seconds(Instant time) {
        return time.getEpochSecond() + String.format(Locale.ROOT, ".%09d", time.getNano());
    }

    private synchronized boolean keep(String container, String id) {
        if (!removed) {
            ids.put(container, id);
        }
        return !removed;
    }

    private synchronized void publish(String container, InspectContainerResponse started) {
        Ports ports = started.getNetworkSettings().getPorts();
        ports.getBindings().forEach((port, bindings) -> {
            if (bindings != null && bindings.length > 0) {
                addresses.put(container + ":" + port.getPort(), "127.0.0.1:" + bindings[0].getHostPortSpec());
            }
        });
    }

    private synchronized @Nullable String id(String container) {
        return ids.get(container);
    }

    private synchronized boolean isRemoved() {
        return removed;
    }

    private static ContainerRuntime.StartFailure failure(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        boolean command = lower.contains("executable file not found")
                || lower.contains("no such file or directory")
                || lower.contains("permission denied")
                || lower.contains("exec format error");
        return command ? ContainerRuntime.StartFailure.BAD_COMMAND : ContainerRuntime.StartFailure.OTHER;
    }

    private static String message(RuntimeException e) {
        return e instanceof DockerException ? String.valueOf(e.getMessage()) : e.toString();
    }
}

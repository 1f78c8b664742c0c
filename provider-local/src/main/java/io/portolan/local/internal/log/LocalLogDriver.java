package io.portolan.local.internal.log;

import com.github.dockerjava.api.model.Container;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.run.LogSource;
import io.portolan.spi.LogDriver;
import io.portolan.spi.LogPage;
import io.portolan.spi.ProviderConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the logs of containers as the engine keeps them, a page at a time; no stream stays open. Thread-safe. */
public final class LocalLogDriver implements LogDriver {
    private static final Set<String> OVER = Set.of("exited", "dead", "removing");

    private final DockerEngine engine;
    private final String application;

    /**
     * A log driver that has not called the engine yet.
     *
     * @param engine the engine
     * @param config the settings
     */
    public LocalLogDriver(DockerEngine engine, ProviderConfig config) {
        this.engine = engine;
        this.application = config.application();
    }

    @Override
    public LogPage readTask(ExecutionId execution, LogSource source, @Nullable String after, int limit) {
        Map<String, String> labels = Labels.filter(application, Kind.ATTEMPT);
        labels.put(Labels.EXECUTION, execution.value());
        labels.put(Labels.INDEX, Integer.toString(source.task()));
        labels.put(Labels.ATTEMPT, Integer.toString(source.attempt()));
        return read(labels, source, after, limit);
    }

    @Override
    public List<LogSource> serviceSources(String service) {
        return containers(replicas(service)).stream()
                .sorted(Comparator.comparing(Container::getCreated).thenComparing(LocalLogDriver::name))
                .map(container -> LogSource.replica(name(container)))
                .toList();
    }

    @Override
    public LogPage readService(String service, LogSource source, @Nullable String after, int limit) {
        Container replica = containers(replicas(service)).stream()
                .filter(container -> name(container).equals(source.name()))
                .findFirst()
                .orElseThrow(() -> notFound(source));
        return page(replica, source, after, limit);
    }

    private LogPage read(Map<String, String> labels, LogSource source, @Nullable String after, int limit) {
        // Beside the container that was started there may be one of a race that was not.
        Container started = containers(labels).stream()
                .filter(container -> !"created".equals(container.getState()))
                .findFirst()
                .orElseThrow(() -> notFound(source));
        return page(started, source, after, limit);
    }

    /** The state is from before the read: a container that was over then has written its last line. */
    private LogPage page(Container container, LogSource source, @Nullable String after, int limit) {
        Position from = Position.parse(after);
        boolean over = OVER.contains(Objects.requireNonNullElse(container.getState(), ""));
        PageCollector page = new PageCollector(source, from, limit);
        engine.stream("read logs", source.name(), client -> {
            try {
                client.logContainerCmd(container.getId())
                        .withStdOut(true)
                        .withStdErr(true)
                        .withTimestamps(true)
                        .withSince(Math.toIntExact(from.since()))
                        .exec(page)
                        .awaitCompletion();
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PortolanException(ErrorCode.CANCELLED, "the read of logs was interrupted");
            }
        });
        Throwable error = page.error();
        if (error != null) {
            throw engine.error(error, "read logs", source.name());
        }
        return page.page(over);
    }

    private Map<String, String> replicas(String service) {
        Map<String, String> labels = Labels.filter(application, Kind.REPLICA);
        labels.put(Labels.SERVICE, service);
        return labels;
    }

    private List<Container> containers(Map<String, String> labels) {
        return engine.read(
                "list",
                "containers",
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(labels)
                        .exec());
    }

    private static String name(Container container) {
        String[] names = container.getNames();
        return names == null || names.length == 0
                ? container.getId()
                : names[0].substring(names[0].lastIndexOf('/') + 1);
    }

    private static PortolanException notFound(LogSource source) {
        return PortolanException.builder(
                        ErrorCode.NOT_FOUND,
                        "'" + source.name() + "' has no container that was started, so it has no log")
                .provider("local")
                .operation("read logs")
                .resource(source.name())
                .build();
    }
}

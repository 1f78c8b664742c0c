package io.portolan.testing;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.run.RevisionStatus;
import io.portolan.run.ServiceStatus;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ImageDriver;
import io.portolan.spi.JobDriver;
import io.portolan.spi.LogDriver;
import io.portolan.spi.LogPage;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A provider over {@link MemoryLauncher} with services that are ready at once and logs that a test writes. */
public final class MemoryProvider extends StubProvider implements CloudDriver, LogDriver {
    public final Map<String, List<String>> logs = new ConcurrentHashMap<>();
    public final Map<String, List<ServiceDriver.ServiceRequest>> revisions = new ConcurrentHashMap<>();
    private final JobDriver jobs;

    public MemoryProvider(JobDriver jobs) {
        super("memory", List.of());
        this.jobs = jobs;
    }

    public void write(LogSource source, String line) {
        logs.computeIfAbsent(source.name(), name -> new CopyOnWriteArrayList<>())
                .add(line);
    }

    @Override
    public CloudDriver open(ProviderConfig config, DriverContext context) {
        return this;
    }

    @Override
    public JobDriver jobs() {
        return jobs;
    }

    @Override
    public ServiceDriver services() {
        return new MemoryServices();
    }

    @Override
    public LogDriver logs() {
        return this;
    }

    @Override
    public ImageDriver images() {
        throw new PortolanException(ErrorCode.UNAVAILABLE, "no images in memory");
    }

    @Override
    public List<OwnedResource> list() {
        return List.of();
    }

    @Override
    public PruneReport prune(boolean dryRun) {
        return new PruneReport(List.of(), List.of());
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public void close() {}

    @Override
    public LogPage readTask(ExecutionId execution, LogSource source, @Nullable String after, int limit) {
        List<String> all = new ArrayList<>(logs.getOrDefault(source.name(), List.of()));
        int from = after == null ? 0 : Integer.parseInt(after);
        int to = Math.min(all.size(), from + limit);
        boolean complete = to == all.size() && !all.isEmpty() && all.get(to - 1).equals("end");
        return new LogPage(
                all.subList(from, to).stream()
                        .map(text -> new LogLine(source, Instant.EPOCH, LogLine.Stream.STDOUT, text))
                        .toList(),
                IntStream.range(from, to).mapToObj(i -> Integer.toString(i + 1)).toList(),
                to < all.size(),
                complete);
    }

    @Override
    public List<LogSource> serviceSources(String service) {
        return List.of(LogSource.replica(service + "-1"));
    }

    @Override
    public LogPage readService(String service, LogSource source, @Nullable String after, int limit) {
        return readTask(ExecutionId.of("none"), source, after, limit);
    }

    private final class MemoryServices implements ServiceDriver {
        @Override
        public ServiceStatus deploy(ServiceRequest request) {
            if (request.spec().container().image().toString().contains("broken")) {
                throw new PortolanException(ErrorCode.FAILED, "revision did not become ready: exit code 1");
            }
            revisions
                    .computeIfAbsent(request.spec().name(), name -> new CopyOnWriteArrayList<>())
                    .add(request);
            return describe(request.spec().name()).orElseThrow();
        }

        @Override
        public Optional<ServiceStatus> describe(String name) {
            List<ServiceRequest> known = revisions.getOrDefault(name, List.of());
            List<RevisionStatus> statuses = new ArrayList<>();
            for (int i = known.size(); i > 0; i--) {
                statuses.add(new RevisionStatus(
                        i,
                        known.get(i - 1).specHash(),
                        Instant.EPOCH,
                        i == known.size() ? RevisionStatus.State.SERVING : RevisionStatus.State.RETIRED));
            }
            return known.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ServiceStatus(name, true, null, name + ":8080", statuses, List.of()));
        }

        @Override
        public Optional<String> document(String name, int revision) {
            return Optional.of(revisions.get(name).get(revision - 1).document());
        }

        @Override
        public List<String> services() {
            return revisions.keySet().stream().sorted().toList();
        }

        @Override
        public ServiceStatus scale(String name, int replicas) {
            return describe(name).orElseThrow();
        }

        @Override
        public ServiceStatus rollback(String name, int revision) {
            return deploy(revisions.get(name).get(revision - 1));
        }

        @Override
        public void delete(String name) {
            revisions.remove(name);
        }
    }
}

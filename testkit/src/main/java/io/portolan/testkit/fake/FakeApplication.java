package io.portolan.testkit.fake;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What one application has on the platform. Executions are guarded by the lock of the platform. */
final class FakeApplication {
    private final String name;
    private final Map<ExecutionId, FakeExecution> executions = new LinkedHashMap<>();
    private final Map<ExecutionId, FakeManagedRun> managed = new LinkedHashMap<>();
    private final Map<String, FakeService> services = new ConcurrentHashMap<>();
    private final Map<String, FakeStore> volumes = new ConcurrentHashMap<>();
    private final List<Consumer<AttemptKey>> watchers = new CopyOnWriteArrayList<>();

    FakeApplication(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Map<ExecutionId, FakeExecution> executions() {
        return executions;
    }

    Map<ExecutionId, FakeManagedRun> managed() {
        return managed;
    }

    void forget(ExecutionId id) {
        executions.remove(id);
        managed.remove(id);
    }

    FakeStore volume(String volume) {
        return volumes.computeIfAbsent(volume, v -> FakeStore.unlimited());
    }

    List<String> volumes() {
        return volumes.keySet().stream().sorted().toList();
    }

    Map<String, FakeService> services() {
        return services;
    }

    FakeService serviceOrNew(FakePlatform platform, String service) {
        return services.computeIfAbsent(service, s -> new FakeService(platform, this, s));
    }

    /** Services by their names, as the processes of the application see them. */
    FakeNetwork network() {
        return url -> {
            URI address = URI.create(url);
            FakeService service = services.get(address.getHost());
            if (service == null || service.port() != address.getPort()) {
                throw new UncheckedIOException(new ConnectException("nothing answers at " + url));
            }
            String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
            return service.route(new FakeHandler.Request("GET", path, ""));
        };
    }

    void watch(Consumer<AttemptKey> watcher) {
        watchers.add(watcher);
    }

    boolean isWatched() {
        return !watchers.isEmpty();
    }

    void unwatch(Consumer<AttemptKey> watcher) {
        watchers.remove(watcher);
    }

    void hint(AttemptKey key, int times) {
        List<Consumer<AttemptKey>> told = new ArrayList<>(watchers);
        for (int i = 0; i < times; i++) {
            told.forEach(watcher -> watcher.accept(key));
        }
    }
}

package io.portolan.testkit.fake;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.run.LogSource;
import io.portolan.spi.LogDriver;
import io.portolan.spi.LogPage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logs of the fake platform. */
final class FakeLogs implements LogDriver {
    private final FakeConnection connection;

    FakeLogs(FakeConnection connection) {
        this.connection = connection;
    }

    @Override
    public LogPage readTask(ExecutionId execution, LogSource source, @Nullable String after, int limit) {
        return connection.call(FakeOperation.READ_TASK_LOG, () -> {
            synchronized (connection.platform().lock()) {
                return Optional.ofNullable(connection.application().executions().get(execution)).stream()
                        .flatMap(e -> e.attempts().stream())
                        .filter(a -> a.key().index() == source.task() && a.key().attempt() == source.attempt())
                        .findFirst()
                        .map(a -> a.container().log().read(source, after, limit))
                        .orElseGet(() -> new LogPage(List.of(), List.of(), false, false));
            }
        });
    }

    @Override
    public List<LogSource> serviceSources(String service) {
        return connection.call(
                FakeOperation.SERVICE_LOG_SOURCES,
                () -> replicas(service).stream()
                        .map(r -> LogSource.replica(r.name()))
                        .toList());
    }

    @Override
    public LogPage readService(String service, LogSource source, @Nullable String after, int limit) {
        return connection.call(
                FakeOperation.READ_SERVICE_LOG,
                () -> replicas(service).stream()
                        .filter(r -> r.name().equals(source.name()))
                        .findFirst()
                        .map(r -> r.container().log().read(source, after, limit))
                        .orElseGet(() -> new LogPage(List.of(), List.of(), false, true)));
    }

    private List<FakeReplica> replicas(String service) {
        synchronized (connection.platform().lock()) {
            return Optional.ofNullable(connection.application().services().get(service))
                    .map(FakeService::replicas)
                    .orElseThrow(
                            () -> new PortolanException(ErrorCode.NOT_FOUND, "there is no service '" + service + "'"));
        }
    }
}

package io.portolan.gcp.internal;

import io.portolan.gcp.internal.job.ExecutionView;
import io.portolan.gcp.internal.log.LogTargets;
import io.portolan.id.ExecutionId;
import io.portolan.run.OwnedResource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds executions and services for the log driver. A service is asked for at most every half minute, because logs must not use up the
 * requests that status needs. Thread-safe.
 */
public final class CloudRunLogTargets implements LogTargets {
    private static final Duration ASK = Duration.ofSeconds(30);
    private static final int REMEMBERED = 1024;

    private final Function<ExecutionId, Optional<ExecutionView>> executions;
    private final Function<String, Optional<OwnedResource>> services;
    private final Clock clock;
    private final Map<String, Seen> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Seen(Service service, Instant at) {}

    /**
     * Nothing is asked yet.
     *
     * @param executions finds an execution, without a request where tracking knows it
     * @param services finds a service at the platform
     * @param clock the time
     */
    public CloudRunLogTargets(
            Function<ExecutionId, Optional<ExecutionView>> executions,
            Function<String, Optional<OwnedResource>> services,
            Clock clock) {
        this.executions = executions;
        this.services = services;
        this.clock = clock;
    }

    @Override
    public Optional<Attempt> attempt(ExecutionId execution, int index, int attempt) {
        return executions
                .apply(execution)
                .map(view -> new Attempt(
                        view.job(),
                        view.execution(),
                        view.createdAt(),
                        view.endedAt().orElse(null),
                        view.endedAt(index, attempt).orElse(null)));
    }

    @Override
    public Optional<Service> service(String service) {
        Instant now = clock.instant();
        synchronized (seen) {
            Seen known = seen.get(service);
            if (known != null && now.isBefore(known.at().plus(ASK))) {
                return Optional.of(known.service());
            }
        }
        Optional<Service> found = services.apply(service)
                .map(own ->
                        new Service(own.nativeId().substring(own.nativeId().lastIndexOf('/') + 1), own.createdAt()));
        synchronized (seen) {
            seen.remove(service);
            found.ifPresent(there -> seen.put(service, new Seen(there, now)));
        }
        return found;
    }
}

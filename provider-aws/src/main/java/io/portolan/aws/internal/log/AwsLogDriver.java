package io.portolan.aws.internal.log;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.run.LogSource;
import io.portolan.spi.LogDriver;
import io.portolan.spi.LogPage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/**
 * Reads the logs of tasks from CloudWatch Logs, by polling. Lines are untrusted text. Thread-safe.
 *
 * <p>CloudWatch Logs does not tell standard output from standard error, and has no empty lines: the log driver of the container leaves
 * them out. Lines arrive some seconds after they were written, so a log counts as complete only once the task has been over for a while
 * and a read after that brought nothing.
 */
public final class AwsLogDriver implements LogDriver {
    private static final int REMEMBERED = 1024;

    private final Supplier<CloudWatchLogsClient> client;
    private final AwsCalls calls;
    private final LogTargets targets;
    private final String group;
    private final Clock clock;
    private final Duration drain;
    private final ForwardTokens tokens = new ForwardTokens();
    private final Map<String, Instant> seenEnded = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * A log driver that has made no request yet.
     *
     * @param client gives the client at its first use
     * @param calls makes the requests
     * @param targets finds tasks
     * @param group the log group of all containers
     * @param clock the time
     * @param drain how long after the end of a task lines still come
     */
    public AwsLogDriver(
            Supplier<CloudWatchLogsClient> client,
            AwsCalls calls,
            LogTargets targets,
            String group,
            Clock clock,
            Duration drain) {
        this.client = Objects.requireNonNull(client, "client");
        this.calls = Objects.requireNonNull(calls, "calls");
        this.targets = Objects.requireNonNull(targets, "targets");
        this.group = Objects.requireNonNull(group, "group");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.drain = drain;
    }

    @Override
    public LogPage readTask(ExecutionId execution, LogSource source, @Nullable String after, int limit) {
        LogTargets.Target target = targets.attempt(execution, source.task(), source.attempt())
                .orElseThrow(() -> notFound(source, "was not started, so it has no log"));
        return read(target, source, after, limit);
    }

    @Override
    public List<LogSource> serviceSources(String service) {
        return targets.replicas(service).stream()
                .map(target -> LogSource.replica(target.source()))
                .toList();
    }

    @Override
    public LogPage readService(String service, LogSource source, @Nullable String after, int limit) {
        LogTargets.Target target = targets.replicas(service).stream()
                .filter(replica -> replica.source().equals(source.name()))
                .findFirst()
                .orElseThrow(() -> notFound(source, "is no replica of service '" + service + "' that ECS still knows"));
        return read(target, source, after, limit);
    }

    /** Whether the task is over is from before the requests: what comes after them was written before it ended. */
    private LogPage read(LogTargets.Target target, LogSource source, @Nullable String after, int limit) {
        Position from = Position.parse(after);
        boolean over =
                target.ended() && !clock.instant().isBefore(endedAt(target).plus(drain));
        return new StreamRead(client, calls, group, target.stream(), source, from, Math.max(1, limit))
                .read(tokens, over);
    }

    private Instant endedAt(LogTargets.Target target) {
        if (target.endedAt() != null) {
            return target.endedAt();
        }
        synchronized (seenEnded) {
            return seenEnded.computeIfAbsent(target.taskArn(), arn -> clock.instant());
        }
    }

    private static PortolanException notFound(LogSource source, String why) {
        return PortolanException.builder(ErrorCode.NOT_FOUND, "'" + source.name() + "' " + why)
                .provider("aws")
                .operation("logs.read")
                .resource(source.name())
                .build();
    }
}

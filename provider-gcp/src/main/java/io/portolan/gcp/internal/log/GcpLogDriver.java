package io.portolan.gcp.internal.log;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.run.LogSource;
import io.portolan.spi.LogDriver;
import io.portolan.spi.LogPage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of containers from Cloud Logging, by polling. Lines are untrusted text. Thread-safe.
 *
 * <p>A project may read its logs sixty times a minute, so all followers of an execution or service share one read, and a page without a
 * request is given while there is nothing new to be had. The replicas of a service are the instances that wrote; Cloud Run has no list of
 * them. Lines arrive some seconds after they were written: those that come late are given late, and the log of an attempt counts as
 * complete only once it has been over for a while and a read after that brought nothing.
 */
public final class GcpLogDriver implements LogDriver {
    /** Of the sixty reads that a project has in a minute, so that others who work in it have some. */
    public static final int READS_PER_MINUTE = 45;

    /** Executions are stamped by the clock of who starts them, entries by that of the platform. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private final LogTargets targets;
    private final String project;
    private final String region;
    private final Timing timing;
    private final EntryFeeds feeds;

    /**
     * A log driver that has made no request yet.
     *
     * @param clients gives endpoint and token
     * @param calls makes the requests
     * @param targets finds executions and services
     * @param settings project, region and times
     * @param clock the time
     */
    public GcpLogDriver(GcpClients clients, GcpCalls calls, LogTargets targets, GcpSettings settings, Clock clock) {
        this(
                new LoggingApi(
                        calls,
                        () -> clients.endpoint(GcpClients.LOGGING),
                        clients::token,
                        settings.project(),
                        settings.config().duration(GcpKeys.CALL_TIMEOUT)),
                targets,
                settings,
                Timing.drain(settings.config().duration(GcpKeys.LOG_DRAIN)),
                clock);
    }

    GcpLogDriver(LogEntries entries, LogTargets targets, GcpSettings settings, Timing timing, Clock clock) {
        this.targets = Objects.requireNonNull(targets, "targets");
        this.project = settings.project();
        this.region = settings.region();
        this.timing = timing;
        this.feeds = new EntryFeeds(entries, new ReadBudget(clock, READS_PER_MINUTE), clock, timing);
    }

    @Override
    public LogPage readTask(ExecutionId execution, LogSource source, @Nullable String after, int limit) {
        LogTargets.Attempt attempt = targets.attempt(execution, source.task(), source.attempt())
                .orElseThrow(() -> notFound(source.name(), "was not started, so it has no log"));
        EntryFeed feed = feeds.feed(
                EntryFilter.execution(project, region, attempt),
                attempt.createdAt().minus(CLOCKS_DIFFER));
        Instant ended = attempt.endedAt() == null ? attempt.executionEndedAt() : attempt.endedAt();
        Instant quietAt = ended == null ? null : ended.plus(timing.drain());
        Instant until = attempt.executionEndedAt() == null
                ? null
                : attempt.executionEndedAt().plus(timing.drain()).plus(CLOCKS_DIFFER);
        return feed.read(new EntryFeed.Ask(source, after, Math.max(1, limit), quietAt, until), feeds.share());
    }

    @Override
    public List<LogSource> serviceSources(String service) {
        return feed(service).sources(feeds.share()).stream()
                .map(LogSource::replica)
                .toList();
    }

    @Override
    public LogPage readService(String service, LogSource source, @Nullable String after, int limit) {
        return feed(service).read(new EntryFeed.Ask(source, after, Math.max(1, limit), null, null), feeds.share());
    }

    private EntryFeed feed(String service) {
        LogTargets.Service target = targets.service(service)
                .orElseThrow(() -> notFound(service, "is no service of Cloud Run in " + region));
        return feeds.feed(
                EntryFilter.service(project, region, target), target.createdAt().minus(CLOCKS_DIFFER));
    }

    private static PortolanException notFound(String what, String why) {
        return PortolanException.builder(ErrorCode.NOT_FOUND, "'" + what + "' " + why)
                .provider(ProviderId.GCP.value())
                .operation("logs.read")
                .resource(what)
                .build();
    }
}

package io.portolan.gcp.internal.log;

import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last words of a revision. They are an addition to an error, so nothing that goes wrong here matters. Thread-safe. */
public final class RevisionLines {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionLines.class);
    private static final int MOST = 10;
    private static final int ASKS = 3;
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    /** A revision that does not become ready is given up long before. */
    private static final Duration AGE = Duration.ofHours(1);

    private final LogEntries entries;
    private final GcpSettings settings;
    private final Clock clock;
    private final Pause pause;

    /** Lets time go by. */
    @FunctionalInterface
    interface Pause {
        /** Waits. */
        void pause(Duration time) throws InterruptedException;
    }

    /**
     * Nothing is read yet.
     *
     * @param clients gives endpoint and token
     * @param calls makes the requests
     * @param settings project, region and times
     * @param clock the time
     */
    public RevisionLines(GcpClients clients, GcpCalls calls, GcpSettings settings, Clock clock) {
        this(
                new LoggingApi(
                        calls,
                        () -> clients.endpoint(GcpClients.LOGGING),
                        clients::token,
                        settings.project(),
                        settings.config().duration(GcpKeys.CALL_TIMEOUT)),
                settings,
                clock,
                time -> Thread.sleep(time.toMillis()));
    }

    RevisionLines(LogEntries entries, GcpSettings settings, Clock clock, Pause pause) {
        this.entries = entries;
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * The last lines of a revision. Blocks for some seconds while there are none, because entries arrive late.
     *
     * @param service the short name of the service
     * @param revision the short name of the revision
     * @return oldest first, at most ten; empty if there are none or they cannot be read
     */
    public List<String> last(String service, String revision) {
        String filter = EntryFilter.revision(settings.project(), settings.region(), service, revision)
                .between(clock.instant().minus(AGE), null)
                .text();
        try {
            for (int ask = 1; ask <= ASKS; ask++) {
                List<Entry> found = entries.list(filter, null).entries();
                if (!found.isEmpty() || ask == ASKS) {
                    return found.stream()
                            .skip(Math.max(0, found.size() - MOST))
                            .map(Entry::text)
                            .toList();
                }
                pause.pause(BETWEEN);
            }
        } catch (PortolanException e) {
            LOG.debug("the log of revision {} cannot be read", revision, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }
}

package io.portolan.gcp.internal.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The last words of a revision of a service that did not become ready. What the platform says of its containers, for example their exit
 * code, is in the log alone and often the only reason there is. Lines are untrusted text. Thread-safe.
 */
public final class RevisionLines {
    private static final int MOST = 10;
    private static final int LONGEST = 300;
    private static final Duration AGO = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String SYSTEM = "%2Fvarlog%2Fsystem";

    private final LoggingApi api;
    private final GcpSettings settings;
    private final Clock clock;

    /**
     * Nothing is read yet.
     *
     * @param clients gives endpoint and token
     * @param calls makes the requests
     * @param settings project, region and times
     * @param clock the time
     */
    public RevisionLines(GcpClients clients, GcpCalls calls, GcpSettings settings, Clock clock) {
        this.api = new LoggingApi(
                calls,
                () -> clients.endpoint(GcpClients.LOGGING),
                clients::token,
                settings.project(),
                settings.config().duration(GcpKeys.CALL_TIMEOUT));
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The last lines. They arrive late: waits for a word of the platform as long as for the last lines of an attempt.
     *
     * @param service the short name of the service at Cloud Run
     * @param revision the short name of the revision
     * @return oldest first, at most ten; empty if there are none by then
     */
    public List<String> last(String service, String revision) {
        String filter = EntryFilter.revision(settings.project(), settings.region(), service, revision)
                .between(clock.instant().minus(AGO), null)
                .text();
        Instant end = clock.instant().plus(settings.config().duration(GcpKeys.LOG_DRAIN));
        List<JsonNode> entries = api.newest(filter, MOST);
        while (entries.stream().noneMatch(RevisionLines::isOfPlatform)
                && clock.instant().plus(PAUSE).isBefore(end)
                && hasPaused()) {
            entries = api.newest(filter, MOST);
        }
        List<String> lines = new ArrayList<>();
        entries.stream()
                .map(EntryReader::line)
                .filter(line -> !line.isBlank())
                .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line)
                .forEach(lines::add);
        Collections.reverse(lines);
        return lines;
    }

    private static boolean isOfPlatform(JsonNode entry) {
        return entry.path("logName").asText().endsWith(SYSTEM);
    }

    /** An interrupt ends the wait; the flag stays set. */
    private static boolean hasPaused() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

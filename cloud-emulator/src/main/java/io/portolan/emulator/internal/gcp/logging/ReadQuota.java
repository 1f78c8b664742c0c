package io.portolan.emulator.internal.gcp.logging;

import io.portolan.emulator.gcp.GcpEmulator;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.GcpError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Counts reads in a minute, if a test wants a limit. */
final class ReadQuota {
    private static final String SERVICE = "logging.googleapis.com";
    private static final String LIMIT = "ReadRequestsPerMinutePerProject";

    private final GcpContext context;
    private final Deque<Instant> reads = new ArrayDeque<>();

    ReadQuota(GcpContext context) {
        this.context = context;
    }

    synchronized void take() {
        int most = context.gcp().logReadsPerMinute();
        Instant now = context.clock().instant();
        while (!reads.isEmpty() && !reads.getFirst().isAfter(now.minus(Duration.ofMinutes(1)))) {
            reads.removeFirst();
        }
        if (most > 0 && reads.size() >= most) {
            throw exceeded(most);
        }
        reads.addLast(now);
    }

    private static GcpError exceeded(int most) {
        String consumer = GcpEmulator.PROJECT_NUMBER;
        return GcpError.of(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service '"
                                + SERVICE + "' for consumer 'project_number:" + consumer + "'.")
                .because(
                        "RATE_LIMIT_EXCEEDED",
                        Map.of(
                                "service",
                                SERVICE,
                                "quota_metric",
                                SERVICE + "/read_requests",
                                "quota_limit",
                                LIMIT,
                                "quota_limit_value",
                                Integer.toString(most),
                                "consumer",
                                "projects/" + consumer));
    }
}

package io.portolan.emulator.internal.gcp.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.GcpError;
import io.portolan.emulator.internal.gcp.LogSink;
import io.portolan.emulator.internal.gcp.RestRequest;
import io.portolan.emulator.internal.gcp.RestService;
import java.time.Instant;

/** Cloud Logging, as far as it reads what containers wrote. */
public final class LoggingService implements RestService, LogSink {
    private final GcpContext context;
    private final LogStore store = new LogStore();
    private final ReadQuota quota;

    /**
     * A log without entries.
     *
     * @param context with the clock and the controls
     */
    public LoggingService(GcpContext context) {
        this.context = context;
        this.quota = new ReadQuota(context);
    }

    @Override
    public String api() {
        return "logging";
    }

    @Override
    public ObjectNode call(RestRequest request) {
        if (!request.method().equals("logging.entries.list")) {
            throw GcpError.of(501, "UNIMPLEMENTED", "The emulator has no " + request.method());
        }
        quota.take();
        JsonNode body = request.body();
        return new EntriesQuery(body).answer(store, context.clock().instant());
    }

    @Override
    public void write(String project, Source source, String stream, String text, Instant time) {
        store.add(
                project,
                "run.googleapis.com/" + stream,
                source,
                time,
                context.gcp().faults().logLag(),
                text);
    }
}

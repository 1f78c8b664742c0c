package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.JsonService;
import io.portolan.emulator.internal.aws.LogSink;
import io.portolan.emulator.internal.aws.ServiceModel;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** CloudWatch Logs, which also takes what running tasks write. */
public final class LogsService implements JsonService, LogSink {
    private static final String NAME = "logs";

    private final LogState state;
    private final Map<String, UnaryOperator<ObjectNode>> operations = new HashMap<>();

    /**
     * Logs without groups.
     *
     * @param aws the controls
     * @param clock the emulator's
     */
    public LogsService(AwsEmulator aws, Clock clock) {
        state = new LogState(clock, aws.faults());
        operations.putAll(new GroupOperations(state).operations());
        operations.putAll(new LogTags(state).operations());
        operations.putAll(new StreamOperations(state).operations());
        operations.put("PutLogEvents", new PutEvents(state)::put);
        operations.put("GetLogEvents", new GetEvents(state)::get);
        operations.put("FilterLogEvents", new FilterEvents(state)::filter);
    }

    @Override
    public String targetPrefix() {
        return ServiceModel.of(NAME).targetPrefix();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized ObjectNode call(String operation, ObjectNode input) {
        UnaryOperator<ObjectNode> handler = operations.get(operation);
        if (handler == null) {
            throw new AwsError(400, "UnsupportedFeatureException", "The emulator does not have " + operation);
        }
        return handler.apply(input);
    }

    /** The stream begins with the first line; an empty line is dropped, as the service has no empty events. */
    @Override
    public synchronized void write(String group, String stream, Instant time, String message) {
        LogGroup found = state.groups().get(group);
        if (found != null && !message.isEmpty()) {
            state.append(found.openStream(stream, state.now()), time.toEpochMilli(), message);
        }
    }

    @Override
    public synchronized boolean exists(String group) {
        return state.groups().containsKey(group);
    }

    @Override
    public synchronized void create(String group) {
        state.groups().computeIfAbsent(group, name -> new LogGroup(name, state.now(), "STANDARD", false));
    }
}

package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsFaults;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.logs.LogEvent.Position;
import java.time.Clock;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All groups. Used with the lock of the {@link LogsService} held. */
final class LogState {
    private final Clock clock;
    private final AwsFaults faults;
    private final TreeMap<String, LogGroup> groups = new TreeMap<>();
    private long sequence;

    LogState(Clock clock, AwsFaults faults) {
        this.clock = clock;
        this.faults = faults;
    }

    SortedMap<String, LogGroup> groups() {
        return groups;
    }

    AwsFaults faults() {
        return faults;
    }

    Instant now() {
        return clock.instant();
    }

    /** The group of {@code logGroupName} or {@code logGroupIdentifier}, one of which must be there. */
    LogGroup group(ObjectNode input) {
        JsonNode name = input.path("logGroupName");
        JsonNode identifier = input.path("logGroupIdentifier");
        if (name.isTextual() == identifier.isTextual()) {
            throw AwsError.invalidParameter("Exactly one of logGroupName and logGroupIdentifier must be specified.");
        }
        return group(name.isTextual() ? name.asText() : nameOf(identifier.asText()));
    }

    LogGroup group(String name) {
        LogGroup group = groups.get(name);
        if (group == null) {
            throw notFound("The specified log group does not exist.");
        }
        return group;
    }

    LogStream stream(LogGroup group, String name) {
        LogStream stream = group.streams().get(name);
        if (stream == null) {
            throw notFound("The specified log stream does not exist.");
        }
        return stream;
    }

    void append(LogStream stream, long timestamp, String message) {
        Instant now = now();
        stream.add(new Position(timestamp, ++sequence), now, now.plus(faults.logLag()), message);
    }

    boolean isVisible(LogEvent event) {
        return !event.visible().isAfter(now());
    }

    /** The name in an ARN without {@code :*}, or the name itself. */
    static String nameOf(String identifier) {
        return identifier.startsWith(LogGroup.ARN_PREFIX)
                ? identifier.substring(LogGroup.ARN_PREFIX.length())
                : identifier;
    }

    static AwsError notFound(String message) {
        return new AwsError(400, "ResourceNotFoundException", message);
    }

    static AwsError exists(String message) {
        return new AwsError(400, "ResourceAlreadyExistsException", message);
    }

    static @Nullable Long number(ObjectNode input, String member) {
        return input.path(member).isIntegralNumber() ? input.path(member).asLong() : null;
    }
}

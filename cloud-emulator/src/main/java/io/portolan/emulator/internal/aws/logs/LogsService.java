package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.JsonService;
import io.portolan.emulator.internal.aws.LogSink;
import io.portolan.emulator.internal.aws.ecs.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** CloudWatch Logs: groups with tags, streams, events. What containers write comes in as a {@link LogSink}. */
public final class LogsService implements JsonService, LogSink {
    private static final int MOST_TAGS = 50;
    private static final String ARN = "arn:aws:logs:" + AwsEmulator.REGION + ":" + AwsEmulator.ACCOUNT + ":log-group:";

    private final Clock clock;
    private final Map<String, LogGroup> groups = new TreeMap<>();
    private final Map<String, UnaryOperator<ObjectNode>> operations = new LinkedHashMap<>();

    /**
     * No groups yet.
     *
     * @param clock the emulator's time
     */
    public LogsService(Clock clock) {
        this.clock = clock;
        LogEvents events = new LogEvents(this, clock);
        operations.put("CreateLogGroup", this::createGroup);
        operations.put("DeleteLogGroup", this::deleteGroup);
        operations.put("DescribeLogGroups", this::describeGroups);
        operations.put("PutRetentionPolicy", this::putRetention);
        operations.put("DeleteRetentionPolicy", this::deleteRetention);
        operations.put("TagResource", this::tag);
        operations.put("UntagResource", this::untag);
        operations.put("ListTagsForResource", this::listTags);
        operations.put("CreateLogStream", this::createStream);
        operations.put("DeleteLogStream", this::deleteStream);
        operations.put("DescribeLogStreams", this::describeStreams);
        operations.put("PutLogEvents", events::put);
        operations.put("GetLogEvents", events::get);
        operations.put("FilterLogEvents", events::filter);
    }

    @Override
    public String targetPrefix() {
        return "Logs_20140328";
    }

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public synchronized ObjectNode call(String operation, ObjectNode input) {
        UnaryOperator<ObjectNode> known = operations.get(operation);
        if (known == null) {
            throw new AwsError(400, "UnknownOperationException", "Operation " + operation + " is not emulated.");
        }
        return known.apply(input);
    }

    @Override
    public synchronized void write(String group, String stream, Instant time, String message) {
        LogGroup kept = groups.get(group);
        if (kept != null) {
            kept.streams()
                    .computeIfAbsent(stream, s -> new LogStream(clock.instant()))
                    .add(new LogStream.Event(time.toEpochMilli(), clock.millis(), message));
        }
    }

    @Override
    public synchronized boolean exists(String group) {
        return groups.containsKey(group);
    }

    @Override
    public synchronized void create(String group) {
        groups.computeIfAbsent(group, g -> new LogGroup(g, clock.instant(), Map.of()));
    }

    LogGroup group(ObjectNode input) {
        String name = Json.text(input, "logGroupName");
        if (name == null) {
            String arn = Json.text(input, "logGroupIdentifier", "");
            name = arn.startsWith(ARN) ? arn.substring(ARN.length()) : arn;
        }
        LogGroup group = groups.get(name);
        if (group == null) {
            throw notFound("The specified log group does not exist.");
        }
        return group;
    }

    static LogStream stream(LogGroup group, ObjectNode input) {
        LogStream stream = group.streams().get(Json.text(input, "logStreamName", ""));
        if (stream == null) {
            throw notFound("The specified log stream does not exist.");
        }
        return stream;
    }

    static AwsError notFound(String message) {
        return new AwsError(400, "ResourceNotFoundException", message);
    }

    private static AwsError exists(String what, String name) {
        return new AwsError(
                400, "ResourceAlreadyExistsException", "The specified log " + what + " already exists: " + name);
    }

    private ObjectNode createGroup(ObjectNode input) {
        String name = Json.text(input, "logGroupName", "");
        if (groups.containsKey(name)) {
            throw exists("group", name);
        }
        groups.put(name, new LogGroup(name, clock.instant(), tags(input, Map.of())));
        return Json.object();
    }

    private ObjectNode deleteGroup(ObjectNode input) {
        groups.remove(group(input).name());
        return Json.object();
    }

    private ObjectNode describeGroups(ObjectNode input) {
        String prefix = Json.text(input, "logGroupNamePrefix", "");
        String pattern = Json.text(input, "logGroupNamePattern", "");
        ArrayNode list = Json.array();
        ObjectNode output = LogPages.of(
                input,
                groups.keySet().stream()
                        .filter(n -> n.startsWith(prefix) && n.contains(pattern))
                        .toList(),
                name -> list.add(view(groups.getOrDefault(name, new LogGroup(name, clock.instant(), Map.of())))));
        output.set("logGroups", list);
        return output;
    }

    private static ObjectNode view(LogGroup group) {
        ObjectNode view = Json.object()
                .put("logGroupName", group.name())
                .put("creationTime", group.createdAt().toEpochMilli())
                .put("metricFilterCount", 0)
                .put("arn", ARN + group.name() + ":*")
                .put("storedBytes", 0)
                .put("logGroupClass", "STANDARD")
                .put("logGroupArn", ARN + group.name());
        if (group.retentionDays() != null) {
            view.put("retentionInDays", group.retentionDays());
        }
        return view;
    }

    private ObjectNode putRetention(ObjectNode input) {
        group(input).retentionDays(input.path("retentionInDays").asInt());
        return Json.object();
    }

    private ObjectNode deleteRetention(ObjectNode input) {
        group(input).retentionDays(null);
        return Json.object();
    }

    private LogGroup tagged(ObjectNode input) {
        String arn = Json.text(input, "resourceArn", "");
        LogGroup group = arn.startsWith(ARN) ? groups.get(arn.substring(ARN.length())) : null;
        if (group == null) {
            throw notFound("The specified resource does not exist.");
        }
        return group;
    }

    private ObjectNode tag(ObjectNode input) {
        LogGroup group = tagged(input);
        Map<String, String> merged = tags(input, group.tags());
        group.tags().putAll(merged);
        return Json.object();
    }

    private ObjectNode untag(ObjectNode input) {
        LogGroup group = tagged(input);
        input.path("tagKeys").forEach(key -> group.tags().remove(key.asText()));
        return Json.object();
    }

    private ObjectNode listTags(ObjectNode input) {
        ObjectNode output = Json.object();
        ObjectNode tags = output.putObject("tags");
        tagged(input).tags().forEach(tags::put);
        return output;
    }

    private static Map<String, String> tags(ObjectNode input, Map<String, String> before) {
        Map<String, String> tags = new TreeMap<>(before);
        input.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        if (tags.size() > MOST_TAGS) {
            throw new AwsError(400, "TooManyTagsException", "A resource can have no more than " + MOST_TAGS + " tags.");
        }
        return tags;
    }

    private ObjectNode createStream(ObjectNode input) {
        LogGroup group = group(input);
        String name = Json.text(input, "logStreamName", "");
        if (group.streams().putIfAbsent(name, new LogStream(clock.instant())) != null) {
            throw exists("stream", name);
        }
        return Json.object();
    }

    private ObjectNode deleteStream(ObjectNode input) {
        LogGroup group = group(input);
        stream(group, input);
        group.streams().remove(Json.text(input, "logStreamName", ""));
        return Json.object();
    }

    private ObjectNode describeStreams(ObjectNode input) {
        LogGroup group = group(input);
        String prefix = Json.text(input, "logStreamNamePrefix", "");
        ArrayNode list = Json.array();
        ObjectNode output = LogPages.of(
                input,
                group.streams().keySet().stream()
                        .filter(n -> n.startsWith(prefix))
                        .toList(),
                name -> list.add(view(group, name)));
        output.set("logStreams", list);
        return output;
    }

    private JsonNode view(LogGroup group, String name) {
        LogStream stream = group.streams().getOrDefault(name, new LogStream(clock.instant()));
        ObjectNode view = Json.object()
                .put("logStreamName", name)
                .put("creationTime", stream.createdAt().toEpochMilli())
                .put("arn", ARN + group.name() + ":log-stream:" + name)
                .put("storedBytes", 0);
        if (stream.lastTimestamp() >= 0) {
            view.put("lastEventTimestamp", stream.lastTimestamp());
        }
        return view;
    }
}

package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A group, its tags and its streams. */
final class LogGroup {
    /** What the ARN of a group begins with. */
    static final String ARN_PREFIX = "arn:aws:logs:" + AwsEmulator.REGION + ":" + AwsEmulator.ACCOUNT + ":log-group:";

    private final String name;
    private final Instant created;
    private final String groupClass;
    private final boolean deletionProtected;
    private final Map<String, String> tags = new TreeMap<>();
    private final TreeMap<String, LogStream> streams = new TreeMap<>();
    private @Nullable Integer retentionDays;

    LogGroup(String name, Instant created, String groupClass, boolean deletionProtected) {
        this.name = name;
        this.created = created;
        this.groupClass = groupClass;
        this.deletionProtected = deletionProtected;
    }

    String name() {
        return name;
    }

    String arn() {
        return ARN_PREFIX + name;
    }

    String groupClass() {
        return groupClass;
    }

    boolean deletionProtected() {
        return deletionProtected;
    }

    Map<String, String> tags() {
        return tags;
    }

    SortedMap<String, LogStream> streams() {
        return streams;
    }

    @Nullable
    Integer retentionDays() {
        return retentionDays;
    }

    void retain(@Nullable Integer days) {
        this.retentionDays = days;
    }

    LogStream openStream(String stream, Instant now) {
        return streams.computeIfAbsent(stream, key -> new LogStream(key, arn(), now));
    }

    ObjectNode view() {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("logGroupName", name)
                .put("creationTime", created.toEpochMilli())
                .put("metricFilterCount", 0)
                .put("arn", arn() + ":*")
                .put("logGroupArn", arn())
                .put("storedBytes", 0)
                .put("logGroupClass", groupClass)
                .put("deletionProtectionEnabled", deletionProtected);
        if (retentionDays != null) {
            view.put("retentionInDays", retentionDays);
        }
        return view;
    }
}

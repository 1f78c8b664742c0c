package io.portolan.emulator.internal.aws.logs;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One group. Used with the lock held. */
final class LogGroup {
    private final String name;
    private final Instant createdAt;
    private final Map<String, String> tags;
    private final Map<String, LogStream> streams = new TreeMap<>();
    private @Nullable Integer retentionDays;

    LogGroup(String name, Instant createdAt, Map<String, String> tags) {
        this.name = name;
        this.createdAt = createdAt;
        this.tags = new TreeMap<>(tags);
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    Map<String, String> tags() {
        return tags;
    }

    Map<String, LogStream> streams() {
        return streams;
    }

    @Nullable
    Integer retentionDays() {
        return retentionDays;
    }

    void retentionDays(@Nullable Integer days) {
        retentionDays = days;
    }
}

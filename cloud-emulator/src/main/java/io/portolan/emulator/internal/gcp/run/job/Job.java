package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job. Used with the lock held. */
final class Job {
    final JobName name;
    final String uid = UUID.randomUUID().toString();
    final Instant createTime;
    final Condition ready;
    /** What the user wants, with the defaults of the platform. */
    ObjectNode spec;
    /** The suffix of the execution that this generation asked for, empty for none. */
    String token = "";

    boolean tokenRuns;
    Instant updateTime;
    long generation = 1;
    long observedGeneration;
    long version;
    int executionCount;

    @Nullable
    Execution latest;

    @Nullable
    Instant deleteTime;

    Job(JobName name, ObjectNode spec, Instant now) {
        this.name = name;
        this.spec = spec;
        this.createTime = now;
        this.updateTime = now;
        this.version = micros(now);
        this.ready = new Condition("Ready", now);
        takeTokens();
    }

    boolean isReconciling() {
        return observedGeneration != generation || deleteTime != null;
    }

    /** Replaces the whole specification. */
    void replace(ObjectNode wanted, Instant now) {
        spec = wanted;
        generation++;
        updateTime = now;
        takeTokens();
        touch(now);
    }

    /** Notes a change of any kind, which the etag tells. */
    void touch(Instant now) {
        version = Math.max(version + 1, micros(now));
    }

    JsonNode template() {
        return spec.path("template");
    }

    private void takeTokens() {
        JsonNode run = spec.remove("runExecutionToken");
        JsonNode start = spec.remove("startExecutionToken");
        tokenRuns = run != null && !run.asText().isEmpty();
        token = tokenRuns && run != null ? run.asText() : start == null ? "" : start.asText();
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }
}

package io.portolan.emulator.internal.gcp.logging;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.LogSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All log entries of all projects. An entry is found only when it has arrived. All methods may be called by several threads at once. */
final class LogStore {
    static final Comparator<Stored> OLDEST_FIRST =
            Comparator.comparing(Stored::timestamp).thenComparing(Stored::number);

    private final List<Stored> entries = new ArrayList<>();

    /**
     * An entry.
     *
     * @param number counted up, by which entries of one time are in order
     * @param project that it belongs to
     * @param timestamp when it was written
     * @param arrival from when on it is found
     * @param json as it is answered
     */
    record Stored(long number, String project, Instant timestamp, Instant arrival, ObjectNode json) {}

    /**
     * Keeps a line.
     *
     * @param project of the resource
     * @param log id of the log, as {@code run.googleapis.com/stdout}
     * @param source resource and labels
     * @param timestamp when it was written
     * @param delay until it is found
     * @param line that was written
     */
    synchronized void add(
            String project, String log, LogSink.Source source, Instant timestamp, Duration delay, String line) {
        long number = entries.size();
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("insertId", "%024x".formatted(0x6500000000000000L + number * 0x9e3779b9L));
        ObjectNode resource = entry.putObject("resource").put("type", source.resourceType());
        new TreeMap<>(source.resourceLabels()).forEach(resource.putObject("labels")::put);
        entry.put("timestamp", GcpContext.text(timestamp));
        if (!source.labels().isEmpty()) {
            new TreeMap<>(source.labels()).forEach(entry.putObject("labels")::put);
        }
        entry.put("logName", "projects/" + project + "/logs/" + log.replace("/", "%2F"));
        Instant arrival = timestamp.plus(delay);
        entry.put("receiveTimestamp", GcpContext.text(arrival));
        if (log.endsWith("varlog/system")) {
            entry.put("severity", "WARNING");
        }
        LogLine.into(entry, line);
        entries.add(new Stored(number, project, timestamp, arrival, entry));
    }

    /** The entries of some projects that have arrived, the oldest first. */
    synchronized List<Stored> find(List<String> projects, Predicate<Stored> filter, Instant now) {
        return entries.stream()
                .filter(entry -> !entry.arrival().isAfter(now))
                .filter(entry -> projects.contains(entry.project()))
                .filter(filter)
                .sorted(OLDEST_FIRST)
                .toList();
    }
}

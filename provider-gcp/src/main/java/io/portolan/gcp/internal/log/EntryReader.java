package io.portolan.gcp.internal.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.run.LogLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Makes lines out of entries. Pure. An entry is what somebody wrote: nothing of it is taken for granted.
 *
 * <p>A container that writes JSON gets its members as {@code jsonPayload}; the line is then its {@code message}, or else the JSON itself.
 */
final class EntryReader {
    static final String TASK_INDEX = "run.googleapis.com/task_index";
    static final String TASK_ATTEMPT = "run.googleapis.com/task_attempt";
    static final String INSTANCE = "instanceId";

    private EntryReader() {}

    /** The line of an entry; empty for one that no container wrote, or that cannot be placed. */
    static Optional<Entry> read(JsonNode entry) {
        Optional<EntryKey> key = key(entry);
        String source = source(entry);
        String log = entry.path("logName").asText();
        boolean error = log.endsWith("%2Fstderr");
        if (key.isEmpty() || source.isEmpty() || !(error || log.endsWith("%2Fstdout"))) {
            return Optional.empty();
        }
        LogLine.Stream stream = error ? LogLine.Stream.STDERR : LogLine.Stream.STDOUT;
        return Optional.of(new Entry(key.get(), source, stream, line(entry)));
    }

    /** The text of any entry. */
    static String line(JsonNode entry) {
        return oneLine(text(entry));
    }

    private static Optional<EntryKey> key(JsonNode entry) {
        try {
            Instant time =
                    OffsetDateTime.parse(entry.path("timestamp").asText()).toInstant();
            return Optional.of(
                    new EntryKey(Entry.nanos(time), entry.path("insertId").asText()));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static String source(JsonNode entry) {
        JsonNode labels = entry.path("labels");
        if (entry.path("resource").path("type").asText().equals("cloud_run_job")) {
            return labels.path(TASK_INDEX).asText("0") + "/"
                    + labels.path(TASK_ATTEMPT).asText("0");
        }
        return labels.path(INSTANCE).asText();
    }

    private static String text(JsonNode entry) {
        if (entry.has("textPayload")) {
            return entry.path("textPayload").asText();
        }
        JsonNode payload = entry.has("jsonPayload") ? entry.path("jsonPayload") : entry.path("protoPayload");
        JsonNode message = payload.path("message");
        if (message.isTextual()) {
            return message.asText();
        }
        return payload.isMissingNode() ? "" : payload.toString();
    }

    private static String oneLine(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end).replaceAll("\\R", " ");
    }
}

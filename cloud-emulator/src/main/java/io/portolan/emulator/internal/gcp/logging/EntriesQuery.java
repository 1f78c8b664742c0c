package io.portolan.emulator.internal.gcp.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpError;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One request for entries. */
final class EntriesQuery {
    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 1000;
    private static final Set<String> ORDERS = Set.of("", "timestamp", "timestamp asc", "timestamp desc");

    private final List<String> projects;
    private final Predicate<JsonNode> filter;
    private final boolean newestFirst;
    private final int pageSize;
    private final String fingerprint;
    private final Position after;

    /**
     * Reads a request.
     *
     * @param body that fits the discovery document
     */
    EntriesQuery(JsonNode body) {
        projects = projects(body);
        String text = body.path("filter").asText("");
        filter = filter(text);
        String order = body.path("orderBy").asText("").strip();
        if (!ORDERS.contains(order)) {
            throw GcpError.invalid("order_by must be 'timestamp asc' or 'timestamp desc'");
        }
        newestFirst = order.endsWith("desc");
        int asked = body.path("pageSize").asInt();
        if (asked < 0) {
            throw GcpError.invalid("page_size must not be negative");
        }
        pageSize = asked == 0 ? USUAL_PAGE : Math.min(asked, LARGEST_PAGE);
        fingerprint = Integer.toHexString(List.of(projects, text, newestFirst).hashCode());
        after = Position.read(body.path("pageToken").asText(""), fingerprint);
    }

    private record Position(Instant timestamp, long number) {
        static final Position START = new Position(Instant.MIN, -1);

        static Position read(String token, String fingerprint) {
            if (token.isEmpty()) {
                return START;
            }
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(" ", -1);
                if (parts.length == 3 && parts[0].equals(fingerprint)) {
                    return new Position(Instant.parse(parts[1]), Long.parseLong(parts[2]));
                }
            } catch (IllegalArgumentException | DateTimeException e) {
                throw changed();
            }
            throw changed();
        }

        String token(String fingerprint) {
            String text = fingerprint + " " + timestamp + " " + number;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        private static GcpError changed() {
            return GcpError.invalid("page_token doesn't match arguments from the request");
        }
    }

    /** A page of what has arrived. */
    ObjectNode answer(LogStore store, Instant now) {
        List<LogStore.Stored> found = new ArrayList<>(store.find(projects, entry -> filter.test(entry.json()), now));
        if (newestFirst) {
            Collections.reverse(found);
        }
        found.removeIf(entry -> !isAfter(entry));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        int size = Math.min(pageSize, found.size());
        if (size > 0) {
            found.subList(0, size).forEach(entry -> answer.withArray("entries").add(entry.json()));
        }
        if (size < found.size()) {
            LogStore.Stored last = found.get(size - 1);
            answer.put("nextPageToken", new Position(last.timestamp(), last.number()).token(fingerprint));
        }
        return answer;
    }

    private boolean isAfter(LogStore.Stored entry) {
        if (after.equals(Position.START)) {
            return true;
        }
        int order = entry.timestamp().compareTo(after.timestamp());
        int position = order == 0 ? Long.compare(entry.number(), after.number()) : order;
        return newestFirst ? position < 0 : position > 0;
    }

    private static List<String> projects(JsonNode body) {
        List<String> projects = new ArrayList<>();
        body.path("projectIds").forEach(id -> projects.add(id.asText()));
        for (JsonNode name : body.path("resourceNames")) {
            if (!name.asText().matches("projects/[^/]+(/locations/.+)?")) {
                throw GcpError.invalid("resource_names must be of the form projects/[PROJECT_ID]: " + name.asText());
            }
            projects.add(name.asText().split("/", -1)[1]);
        }
        if (projects.isEmpty()) {
            throw GcpError.invalid("resource_names must not be empty");
        }
        return List.copyOf(projects);
    }

    private static Predicate<JsonNode> filter(String text) {
        try {
            return LogFilter.parse(text);
        } catch (UnparseableFilter | IllegalArgumentException e) {
            throw GcpError.invalid(String.valueOf(e.getMessage()));
        }
    }
}

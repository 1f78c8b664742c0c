package io.portolan.emulator.internal.gcp.logging;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Compares a field of an entry with a value.
 *
 * @param path of the field
 * @param operator one of {@code =, !=, >, >=, <, <=}
 */
record FieldTest(List<String> path, String operator) {
    private static final List<String> SEVERITIES =
            List.of("DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY");

    Predicate<JsonNode> with(String value) {
        return switch (path.get(0)) {
            case "timestamp", "receiveTimestamp" -> times(value);
            case "severity" -> severities(value);
            default -> texts(value);
        };
    }

    private Predicate<JsonNode> times(String value) {
        Instant bound = time(value);
        return entry -> holds(time(field(entry).asText()).compareTo(bound));
    }

    private Predicate<JsonNode> severities(String value) {
        int bound = SEVERITIES.indexOf(value.toUpperCase(Locale.ROOT));
        if (bound < 0) {
            throw new IllegalArgumentException("Unparseable filter: unknown severity '" + value + "'");
        }
        return entry -> holds(Integer.compare(SEVERITIES.indexOf(field(entry).asText("DEFAULT")), bound));
    }

    /** Texts are compared without case; a field that is not there equals nothing. */
    private Predicate<JsonNode> texts(String value) {
        return entry -> {
            JsonNode field = field(entry);
            return field.isMissingNode()
                    ? operator.equals("!=")
                    : holds(field.asText().compareToIgnoreCase(value));
        };
    }

    private boolean holds(int order) {
        return switch (operator) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            default -> order <= 0;
        };
    }

    private JsonNode field(JsonNode entry) {
        JsonNode field = entry;
        for (String part : path) {
            field = field.path(part);
        }
        return field;
    }

    private static Instant time(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Unparseable filter: '" + text + "' is not a time", e);
        }
    }
}

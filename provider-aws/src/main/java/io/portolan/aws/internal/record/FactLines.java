package io.portolan.aws.internal.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.aws.internal.json.NativeJson;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import io.portolan.run.Timings;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Facts as lines of JSON, for example {@code {"intent":"3/0","at":"2026-11-22T10:00:00Z"}}. Pure. */
final class FactLines {
    private static final String INTENT = "intent";
    private static final String LAUNCHED = "launched";
    private static final String STOP = "stop";
    private static final String ENDED = "ended";

    private FactLines() {}

    static String write(Fact fact) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put(kind(fact), fact.index() + "/" + fact.attempt());
        line.put("at", fact.at().toString());
        if (fact instanceof Fact.Launched launched) {
            line.put("arn", launched.arn());
        } else if (fact instanceof Fact.Stop stop) {
            line.put("reason", stop.reason().name());
        } else if (fact instanceof Fact.Ended ended) {
            write(ended.status(), line);
        }
        return line.toString();
    }

    private static String kind(Fact fact) {
        if (fact instanceof Fact.Intent) {
            return INTENT;
        }
        if (fact instanceof Fact.Launched) {
            return LAUNCHED;
        }
        return fact instanceof Fact.Stop ? STOP : ENDED;
    }

    private static void write(AttemptStatus status, ObjectNode line) {
        status.nativeId().ifPresent(arn -> line.put("arn", arn));
        put(line, "exit", status.exitCode());
        put(line, "signal", status.signal());
        status.stopReason().ifPresent(reason -> line.put("reason", reason.name()));
        status.failure().ifPresent(failure -> {
            line.put("cause", failure.cause().name());
            line.put("message", failure.message());
            line.put("retryable", failure.isRetryable());
            failure.nativeCode().ifPresent(code -> line.put("code", code));
            failure.hint().ifPresent(hint -> line.put("hint", hint));
        });
        put(line, "created", status.timings().createdAt());
        put(line, "started", status.timings().startedAt());
        put(line, "finished", status.timings().finishedAt());
    }

    private static void put(ObjectNode line, String name, OptionalInt value) {
        value.ifPresent(number -> line.put(name, number));
    }

    private static void put(ObjectNode line, String name, @Nullable Instant value) {
        if (value != null) {
            line.put(name, value.toString());
        }
    }

    /** Empty for a line that this version does not know. */
    static Optional<Fact> read(String text, ExecutionId id, String specHash) {
        try {
            ObjectNode line = NativeJson.object(text);
            for (String kind : new String[] {INTENT, LAUNCHED, STOP, ENDED}) {
                if (line.hasNonNull(kind)) {
                    return Optional.of(read(kind, line, id, specHash));
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Fact read(String kind, ObjectNode line, ExecutionId id, String specHash) {
        String[] numbers = line.get(kind).asText().split("/", 2);
        int index = Integer.parseInt(numbers[0]);
        int attempt = Integer.parseInt(numbers[numbers.length - 1]);
        Instant at = Instant.parse(required(line, "at"));
        return switch (kind) {
            case INTENT -> new Fact.Intent(index, attempt, at);
            case LAUNCHED -> new Fact.Launched(index, attempt, at, required(line, "arn"));
            case STOP -> new Fact.Stop(index, attempt, at, StopReason.valueOf(required(line, "reason")));
            default -> new Fact.Ended(at, status(new AttemptKey(id, specHash, index, attempt), line));
        };
    }

    private static AttemptStatus status(AttemptKey key, ObjectNode line) {
        String reason = text(line, "reason");
        return AttemptStatus.builder(key, AttemptState.ENDED)
                .nativeId(text(line, "arn"))
                .exitCode(number(line, "exit"))
                .signal(number(line, "signal"))
                .stopReason(reason == null ? null : StopReason.valueOf(reason))
                .failure(failure(line))
                .timings(new Timings(instant(line, "created"), instant(line, "started"), instant(line, "finished")))
                .build();
    }

    private static @Nullable Failure failure(ObjectNode line) {
        String named = text(line, "cause");
        if (named == null) {
            return null;
        }
        // A later version may know more causes.
        FailureCause cause = Arrays.stream(FailureCause.values())
                .filter(known -> known.name().equals(named))
                .findFirst()
                .orElse(FailureCause.UNKNOWN);
        Failure failure = Failure.of(cause, String.valueOf(text(line, "message")))
                .retryable(line.path("retryable").asBoolean());
        String code = text(line, "code");
        failure = code == null ? failure : failure.nativeCode(code);
        String hint = text(line, "hint");
        return hint == null ? failure : failure.hint(hint);
    }

    private static String required(ObjectNode line, String name) {
        String text = text(line, name);
        if (text == null) {
            throw new IllegalArgumentException("a line of the journal has no '" + name + "'");
        }
        return text;
    }

    private static @Nullable String text(ObjectNode line, String name) {
        JsonNode value = line.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static @Nullable Integer number(ObjectNode line, String name) {
        JsonNode value = line.get(name);
        return value == null || !value.isInt() ? null : value.intValue();
    }

    private static @Nullable Instant instant(ObjectNode line, String name) {
        String text = text(line, name);
        return text == null ? null : Instant.parse(text);
    }
}

package io.portolan.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PortolanExceptionTest {
    @Test
    void codes_haveTheRetryabilityOfTheDesign() {
        Map<ErrorCode, Retryability> other = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            if (code.retryability() != Retryability.NO) {
                other.put(code, code.retryability());
            }
        }
        assertThat(other)
                .isEqualTo(Map.of(
                        ErrorCode.THROTTLED, Retryability.YES,
                        ErrorCode.UNAVAILABLE, Retryability.YES,
                        ErrorCode.TIMEOUT, Retryability.UNKNOWN_OUTCOME,
                        ErrorCode.PROVIDER_ERROR, Retryability.UNKNOWN_OUTCOME));
    }

    @Test
    void exception_ofTextOnly_hasNoContext() {
        PortolanException e = new PortolanException(ErrorCode.UNAVAILABLE, "no engine");

        assertThat(e).hasMessage("no engine").hasNoCause();
        assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(e.isRetryable()).isTrue();
        assertThat(e.attempts()).isZero();
        assertThat(List.of(e.provider(), e.operation(), e.resource(), e.requestId(), e.nativeCode(), e.retryAfter()))
                .allMatch(java.util.Optional::isEmpty);
    }

    @Test
    void builder_everythingSet_isKept() {
        IOException cause = new IOException("reset");
        PortolanException e = PortolanException.builder(ErrorCode.THROTTLED, "slow down")
                .retryability(Retryability.UNKNOWN_OUTCOME)
                .provider("aws")
                .operation("jobs.run")
                .resource("nightly")
                .requestId("r-1")
                .nativeCode("ThrottlingException")
                .attempts(3)
                .retryAfter(Duration.ofSeconds(2))
                .cause(cause)
                .build();

        assertHasAll(e);
        assertThat(e).hasCause(cause);
        PortolanException copy = e.toBuilder().build();
        assertHasAll(copy);
        assertThat(copy).hasCause(e);
        assertThat(e.toBuilder().attempts(4).operation("jobs.find").build())
                .satisfies(c -> assertThat(c.attempts()).isEqualTo(4))
                .satisfies(c -> assertThat(c.operation()).contains("jobs.find"));
    }

    private static void assertHasAll(PortolanException e) {
        assertThat(e).hasMessage("slow down");
        assertThat(e.code()).isEqualTo(ErrorCode.THROTTLED);
        assertThat(e.retryability()).isEqualTo(Retryability.UNKNOWN_OUTCOME);
        assertThat(e.isRetryable()).isFalse();
        assertThat(e.provider()).contains("aws");
        assertThat(e.operation()).contains("jobs.run");
        assertThat(e.resource()).contains("nightly");
        assertThat(e.requestId()).contains("r-1");
        assertThat(e.nativeCode()).contains("ThrottlingException");
        assertThat(e.attempts()).isEqualTo(3);
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(2));
    }

    @Test
    void invalidSpec_ofSeveralViolations_namesThemAll() {
        InvalidSpecException e = new InvalidSpecException(
                "job 'x'",
                List.of(
                        new Violation("tasks", "0", "must be 1 to 10000", "choose a number in this range"),
                        new Violation("image", "", "is required", "set it")));

        assertThat(e).hasMessage("""
                        job 'x' has 2 violations:
                          tasks was '0' but must be 1 to 10000; choose a number in this range
                          image was '' but is required; set it""");
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(e.resource()).contains("job 'x'");
        assertThat(e.violations()).extracting(Violation::path).containsExactly("tasks", "image");
        assertThat(new InvalidSpecException("x", e.violations().subList(0, 1)).getMessage())
                .startsWith("x has 1 violation:\n");
    }

    @Test
    void unsupportedSpec_ofReasons_namesThemAndTheProvider() {
        UnsupportedSpecException e = new UnsupportedSpecException("job 'x'", "azure", List.of("tasks too many", "gpu"));

        assertThat(e).hasMessage("job 'x' cannot run on provider 'azure':\n  tasks too many\n  gpu");
        assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(e.provider()).contains("azure");
        assertThat(e.reasons()).containsExactly("tasks too many", "gpu");
    }

    @Test
    void exceptions_afterSerialization_keepMessageAndCode() throws Exception {
        InvalidSpecException invalid = copy(new InvalidSpecException("x", List.of(new Violation("a", "b", "c", "d"))));
        UnsupportedSpecException unsupported = copy(new UnsupportedSpecException("x", "gcp", List.of("y")));

        assertThat(invalid.getMessage()).contains("a was 'b' but c; d");
        assertThat(invalid.violations()).isEmpty();
        assertThat(unsupported.provider()).contains("gcp");
        assertThat(unsupported.reasons()).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) Objects.requireNonNull(in.readObject());
        }
    }
}

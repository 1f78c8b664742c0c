package io.portolan.local.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Container;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.container.Labels;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A container in a list of containers")
class FoundAttemptTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AttemptKey KEY = new AttemptKey(ExecutionId.of("nightly-7"), "0123abcd", 3, 1);
    private static final String NAME = "/portolan-shop_nightly-7_3_1.abcdefghij.timeout";

    private static @Nullable FoundAttempt found(Map<String, Object> fields) {
        try {
            return FoundAttempt.of(JSON.readValue(JSON.writeValueAsString(fields), Container.class), "shop");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, Object> listed() {
        return new HashMap<>(Map.of(
                "Id",
                "4c01",
                "Names",
                List.of(NAME),
                "State",
                "running",
                "Created",
                1_795_341_600L,
                "Labels",
                labels()));
    }

    private static Map<String, String> labels() {
        return Labels.attempt("shop", "nightly", KEY);
    }

    @Test
    void attempt_ofThisApplication_isReadFromNameAndLabels() {
        FoundAttempt found = Objects.requireNonNull(found(listed()));

        assertThat(found.key()).isEqualTo(KEY);
        assertThat(found.name().toString()).isEqualTo(NAME.substring(1));
        assertThat(found.createdAt()).isEqualTo(Instant.ofEpochSecond(1_795_341_600L));
        assertThat(found.isAlive()).isTrue();
        assertThat(found.isCreated()).isFalse();
    }

    @Test
    void container_ofAnotherApplication_isNone() {
        Map<String, Object> other = listed();
        other.put("Labels", Labels.attempt("shop-2", "nightly", KEY));

        assertThat(found(other)).isNull();
    }

    @Test
    void container_withoutLabels_isNone() {
        Map<String, Object> bare = listed();
        bare.remove("Labels");

        assertThat(found(bare)).isNull();
    }

    @Test
    void labels_thatThisSdkDidNotWrite_areNone() {
        for (Map<String, String> wrong : List.of(
                Map.of(Labels.INDEX, "three"),
                Map.of(Labels.INDEX, "-1"),
                Map.of(Labels.ATTEMPT, "99999999999"),
                Map.of(Labels.EXECUTION, "Not An Id"),
                Map.of(Labels.KIND, "replica"),
                Map.of(Labels.MANAGED, "yes"))) {
            Map<String, String> labels = labels();
            labels.putAll(wrong);
            Map<String, Object> container = listed();
            container.put("Labels", labels);

            assertThat(found(container)).as("%s", wrong).isNull();
        }
    }

    @Test
    void name_thatIsNoneOfOurs_isNone() {
        Map<String, Object> renamed = listed();
        renamed.put("Names", List.of("/renamed-by-hand"));
        Map<String, Object> nameless = listed();
        nameless.put("Names", List.of());

        assertThat(found(renamed)).isNull();
        assertThat(found(nameless)).isNull();
    }
}

package io.portolan.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "7", "nightly-2026-11-22", "a--b", "12345678901234567890123456789012345678901234567890"})
    void id_ofLegalShape_isKept(String value) {
        assertThat(ExecutionId.of(value)).hasToString(value).isEqualTo(new ExecutionId(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "A",
                "a_b",
                "a/b",
                "a\n",
                "\u0661",
                "123456789012345678901234567890123456789012345678901"
            })
    void id_ofOtherShape_isRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExecutionId.of(value))
                .withMessage("execution id was '" + value + "' but must be 1 to 50 lower-case letters, digits or inner"
                        + " hyphens; for example 'nightly-2026-11-22'");
    }

    @Test
    void generate_manyAtOneMoment_areAllDifferent() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
        Set<ExecutionId> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(ExecutionId.generate(clock));
        }
        assertThat(ids).hasSize(10_000).allSatisfy(id -> assertThat(id.value()).hasSize(26));
    }

    @Test
    void generate_atRisingTimes_sortsByTime() {
        List<ExecutionId> ids = new ArrayList<>();
        long millis = 0;
        for (int i = 0; i < 47; i++) {
            ids.add(ExecutionId.generate(Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC)));
            ids.add(ExecutionId.generate(Clock.fixed(Instant.ofEpochMilli(millis + 1), ZoneOffset.UTC)));
            millis = Math.max(2, millis * 2);
        }
        List<ExecutionId> shuffled = new ArrayList<>(ids);
        Collections.shuffle(shuffled);
        Collections.sort(shuffled);

        assertThat(shuffled).isEqualTo(ids);
    }

    @Test
    void generate_ofAKnownMoment_beginsWithItInUlidDigits() {
        // ulid(1469918176385) is 01ARYZ6S41... in github.com/ulid/javascript, README (2026-11).
        Clock clock = Clock.fixed(Instant.ofEpochMilli(1_469_918_176_385L), ZoneOffset.UTC);

        assertThat(ExecutionId.generate(clock).value()).startsWith("01aryz6s41");
    }

    @Test
    void generate_byTheSystemClock_isUsable() {
        assertThat(ExecutionId.of(ExecutionId.generate().value())).isNotEqualTo(ExecutionId.generate());
    }
}

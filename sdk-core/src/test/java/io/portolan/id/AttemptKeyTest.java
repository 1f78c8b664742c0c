package io.portolan.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AttemptKeyTest {
    private final AttemptKey key = new AttemptKey(ExecutionId.of("e"), "0a", 3, 0);

    @Test
    void next_keepsAllButTheAttempt() {
        assertThat(key.next()).isEqualTo(new AttemptKey(ExecutionId.of("e"), "0a", 3, 1));
        assertThat(key.next()).hasToString("e/3/1");
    }

    @Test
    void key_withNegativeNumber_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AttemptKey(ExecutionId.of("e"), "0a", -1, 0))
                .withMessage("task index and attempt were -1 and 0 but must be 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AttemptKey(ExecutionId.of("e"), "0a", 0, -2))
                .withMessage("task index and attempt were 0 and -2 but must be 0 or more");
    }
}

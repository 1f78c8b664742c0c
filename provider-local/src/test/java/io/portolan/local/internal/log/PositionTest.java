package io.portolan.local.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A position in a log")
class PositionTest {
    @Test
    void position_isReadBackFromItsText() {
        Position position = new Position(1_795_341_600L, 42);

        assertThat(Position.parse(position.toString())).isEqualTo(position);
        assertThat(Position.parse(null)).isEqualTo(Position.START);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42",
                ":",
                "1:",
                ":1",
                "1:2:3",
                "now:1",
                "1: 2",
                "1:2147483648",
                "2147483648:1",
                "-1:1",
                "1:-1"
            })
    void text_ofAnotherShape_isRefusedAndSaysWhatToPass(String text) {
        assertThatThrownBy(() -> Position.parse(text))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("'" + text + "' but must be SECONDS:LINES");
    }

    @Test
    void trail_withinASecond_countsLines() {
        Position.Trail trail = new Position.Trail(Position.START);

        assertThat(trail.after(100)).isEqualTo(new Position(98, 1));
        assertThat(trail.after(100)).isEqualTo(new Position(98, 2));
    }

    @Test
    void trail_overSeconds_leavesBehindWhatIsSurelyRead() {
        Position.Trail trail = new Position.Trail(Position.START);
        trail.after(100);
        trail.after(101);

        assertThat(trail.after(102)).isEqualTo(new Position(100, 3));
        assertThat(trail.after(103))
                .as("the line of second 100 is not read again")
                .isEqualTo(new Position(101, 3));
    }

    @Test
    void trail_ofALineThatIsLate_staysWhereItIs() {
        Position.Trail trail = new Position.Trail(new Position(100, 0));
        trail.after(101);

        assertThat(trail.after(99)).isEqualTo(new Position(100, 2));
    }
}

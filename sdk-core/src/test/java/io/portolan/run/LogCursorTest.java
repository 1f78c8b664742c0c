package io.portolan.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogCursorTest {
    @Test
    void text_ofCursor_isSortedAndWithoutSpaces() {
        LogCursor cursor = LogCursor.of(Map.of("1/0", "2026-11-22T10:00:00Z 7", "0/1", "a=b&c", "web-x", "\u00e9"));

        assertThat(cursor).hasToString("0%2F1=a%3Db%26c&1%2F0=2026-11-22T10%3A00%3A00Z+7&web-x=%C3%A9");
        assertThat(LogCursor.parse(cursor.toString())).isEqualTo(cursor);
        assertThat(cursor.position(LogSource.attempt(1, 0))).contains("2026-11-22T10:00:00Z 7");
        assertThat(cursor.position(LogSource.replica("web-x"))).contains("\u00e9");
        assertThat(cursor.position(LogSource.attempt(2, 0))).isEmpty();
    }

    @Test
    void start_hasNoTextAndNoPositions() {
        assertThat(LogCursor.START).hasToString("");
        assertThat(LogCursor.parse("")).isSameAs(LogCursor.START);
        assertThat(LogCursor.of(Map.of())).isSameAs(LogCursor.START);
    }

    @Test
    void with_furtherPositions_keepsTheOthers() {
        LogCursor cursor = LogCursor.of(Map.of("a", "1", "b", "2"));

        assertThat(cursor.with(Map.of("b", "3", "c", "4")))
                .isEqualTo(LogCursor.of(Map.of("a", "1", "b", "3", "c", "4")));
        assertThat(cursor).isEqualTo(LogCursor.of(Map.of("a", "1", "b", "2")));
    }

    @Test
    void parse_anyCursor_readsItsTextBack() {
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            Map<String, String> positions = new HashMap<>();
            for (int n = random.nextInt(5); n > 0; n--) {
                positions.put("s" + text(random), text(random));
            }
            LogCursor cursor = LogCursor.of(positions);
            assertThat(LogCursor.parse(cursor.toString())).isEqualTo(cursor);
            assertThat(cursor.toString()).doesNotContainAnyWhitespaces();
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 0xd7ff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "=x", "a=1&", "a=1&&b=2", "&a=1"})
    void parse_otherText_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogCursor.parse(text))
                .withMessageContaining(
                        "but each must be source=position; pass the text of an earlier cursor unchanged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%zz", "%4=1"})
    void parse_brokenEscape_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LogCursor.parse(text));
    }

    @Test
    void cursors_areEqualByTheirPositions() {
        EqualsVerifier.forClass(LogCursor.class).suppress(Warning.NULL_FIELDS).verify();
    }
}

package io.portolan.local.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.run.LogLine.Stream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Lines out of what the engine sends")
class LineDecoderTest {
    private static final String T1 = "2026-11-22T10:00:00.000000001Z";
    private static final String T2 = "2026-11-22T10:00:01.5Z";

    private final List<LineDecoder.Line> lines = new ArrayList<>();
    private final LineDecoder decoder = new LineDecoder(lines::add);

    private void send(Stream from, String text) {
        decoder.accept(from, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> texts() {
        return lines.stream().map(LineDecoder.Line::text).toList();
    }

    @Test
    void lines_wholeMessages_haveTimeStreamAndText() {
        send(Stream.STDOUT, T1 + " one\n");
        send(Stream.STDERR, T2 + " two\r\n");

        assertThat(lines)
                .containsExactly(
                        new LineDecoder.Line(Stream.STDOUT, Instant.parse(T1), Instant.parse(T1), "one"),
                        new LineDecoder.Line(Stream.STDERR, Instant.parse(T2), Instant.parse(T2), "two"));
    }

    @Test
    void bytes_cutAnywhere_giveTheSameLines() {
        byte[] bytes = (T1 + " grüße 🚢\n" + T2 + " \n" + T2 + " a b\n").getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            decoder.accept(Stream.STDOUT, new byte[] {b});
        }

        assertThat(texts()).containsExactly("grüße 🚢", "", "a b");
    }

    @Test
    void streams_interleaved_keepTheirLines() {
        send(Stream.STDOUT, T1 + " be");
        send(Stream.STDERR, T1 + " error\n");
        send(Stream.STDOUT, "gin\n");

        assertThat(texts()).containsExactly("error", "begin");
    }

    @Test
    void longLine_inSeveralMessages_isOneLineWithoutTheirTimes() {
        String part = "x".repeat(LineDecoder.MESSAGE);
        send(Stream.STDOUT, T1 + " " + part + T2 + " " + part + T2 + " end\n" + T2 + " next\n");

        assertThat(texts()).containsExactly(part + part + "end", "next");
        assertThat(lines.get(0).first()).isEqualTo(Instant.parse(T1));
        assertThat(lines.get(0).last()).isEqualTo(Instant.parse(T2));
    }

    @Test
    void lineOfExactlyOneMessage_isOneLine() {
        String part = "y".repeat(LineDecoder.MESSAGE);
        send(Stream.STDOUT, T1 + " " + part + "\n" + T2 + " next\n");

        assertThat(texts()).containsExactly(part, "next");
    }

    @Test
    void textAfterAFullMessage_thatIsNoTime_isKept() {
        String part = "z".repeat(LineDecoder.MESSAGE);
        send(Stream.STDOUT, T1 + " " + part + "no time here\n");

        assertThat(texts()).containsExactly(part + "no time here");
    }

    @Test
    void shortTextAfterAFullMessage_thatIsNoTime_isKeptAndEndsItsLine() {
        String part = "z".repeat(LineDecoder.MESSAGE);
        send(Stream.STDOUT, T1 + " " + part + "end\n" + T2 + " next\n");

        assertThat(texts()).containsExactly(part + "end", "next");
        assertThat(lines.get(1).first()).isEqualTo(Instant.parse(T2));
    }

    @Test
    void lastLine_withoutBreak_comesAtTheEnd() {
        send(Stream.STDOUT, T1 + " last");
        assertThat(lines).isEmpty();
        decoder.end();

        assertThat(texts()).containsExactly("last");
    }

    @Test
    void hugeLine_isGivenInPieces() {
        String part = "h".repeat(LineDecoder.MESSAGE);
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < 80; i++) {
            sent.append(T1).append(' ').append(part);
        }
        send(Stream.STDOUT, sent.append(T1).append(" end\n").toString());

        assertThat(String.join("", texts())).isEqualTo(part.repeat(80) + "end");
        assertThat(lines).allMatch(line -> line.text().length() <= LineDecoder.LONGEST_LINE);
    }

    @Test
    void trail_overManySeconds_namesEachLineOnce() {
        long[] seconds = {10, 10, 11, 10, 13, 14, 14, 13, 20, 21};
        Position.Trail trail = new Position.Trail(Position.START);
        for (int i = 0; i < seconds.length; i++) {
            Position after = trail.after(seconds[i]);
            long[] readAgain =
                    Arrays.stream(seconds).filter(s -> s >= after.since()).toArray();
            long[] readBefore = Arrays.stream(seconds, 0, i + 1)
                    .filter(s -> s >= after.since())
                    .toArray();
            assertThat(after.lines()).as("line %s", i).isEqualTo(readBefore.length);
            assertThat(readAgain.length - after.lines()).isEqualTo(seconds.length - i - 1);
            assertThat(Position.parse(after.toString())).isEqualTo(after);
        }
    }
}

package io.portolan.local.internal.log;

import io.portolan.run.LogLine.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes lines out of the bytes that the engine sends. Pure; not thread-safe.
 *
 * <p>Each message of the engine begins with its time and a space. A line of more than {@value #MESSAGE} bytes comes as several messages, all
 * but the last exactly that long and without a line break. What the transport hands over ends anywhere, also inside of a character, so bytes
 * are collected first.
 */
final class LineDecoder {
    /** How many bytes of a line the engine puts into one message. Source: moby, daemon/logger/copier.go, defaultBufSize (2026-11). */
    static final int MESSAGE = 16 * 1024;

    /** Longer lines are given in pieces of this size, so that one line cannot fill the memory. */
    static final int LONGEST_LINE = 1024 * 1024;

    private static final int LONGEST_TIME = 40;

    /**
     * A line.
     *
     * @param from who wrote where
     * @param first time of its first message
     * @param last time of its last message: the engine's filter by time finds the line if this is late enough
     * @param text without the line break
     */
    record Line(Stream from, Instant first, Instant last, String text) {}

    /** One stream of a container, on its own course through the bytes. */
    private static final class Course {
        private final ByteArrayOutputStream time = new ByteArrayOutputStream();
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private boolean inTime = true;
        private boolean continues;
        private int inMessage;
        private @Nullable Instant first;
        private @Nullable Instant last;
    }

    private final Map<Stream, Course> courses = new EnumMap<>(Stream.class);
    private final Consumer<Line> lines;

    LineDecoder(Consumer<Line> lines) {
        this.lines = lines;
    }

    /** Takes bytes in. */
    void accept(Stream from, byte[] bytes) {
        Course course = courses.computeIfAbsent(from, s -> new Course());
        for (byte b : bytes) {
            accept(from, course, b);
        }
    }

    private void accept(Stream from, Course course, byte b) {
        if (course.inTime) {
            time(from, course, b);
        } else {
            text(from, course, b);
        }
    }

    /** The container is over: what has no line break is a line all the same. */
    void end() {
        courses.forEach((from, course) -> {
            if (course.text.size() > 0) {
                emit(from, course);
            }
        });
    }

    private void time(Stream from, Course course, byte b) {
        if (b != ' ') {
            course.time.write(b);
            if (course.time.size() <= LONGEST_TIME) {
                return;
            }
        }
        Instant at = instant(course.time.toString(StandardCharsets.UTF_8));
        byte[] seen = course.time.toByteArray();
        course.time.reset();
        course.inTime = false;
        course.inMessage = 0;
        if (at == null) {
            // No time where one belongs: it is text that the container wrote, and after its line a time may follow.
            for (byte s : seen) {
                accept(from, course, s);
            }
            if (b == ' ') {
                accept(from, course, b);
            }
            return;
        }
        course.first = course.continues && course.first != null ? course.first : at;
        course.last = at;
        course.continues = false;
    }

    private void text(Stream from, Course course, byte b) {
        if (b == '\n') {
            emit(from, course);
            course.first = null;
            course.continues = false;
            course.inTime = true;
            return;
        }
        if (course.inMessage == MESSAGE) {
            course.continues = true;
            course.inTime = true;
            time(from, course, b);
            return;
        }
        course.text.write(b);
        course.inMessage++;
        if (course.text.size() == LONGEST_LINE) {
            emit(from, course);
        }
    }

    private void emit(Stream from, Course course) {
        byte[] bytes = course.text.toByteArray();
        course.text.reset();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        Instant first = Objects.requireNonNullElse(course.first, Instant.EPOCH);
        lines.accept(new Line(
                from,
                first,
                Objects.requireNonNullElse(course.last, first),
                new String(bytes, 0, length, StandardCharsets.UTF_8)));
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}

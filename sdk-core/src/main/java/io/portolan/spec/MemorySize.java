package io.portolan.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or disk, in bytes.
 *
 * @param bytes 1 or more
 */
public record MemorySize(long bytes) implements Comparable<MemorySize> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})(Ki|Mi|Gi|Ti)?");
    private static final long KIBI = 1024;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code bytes < 1}
     */
    public MemorySize {
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "memory was '" + bytes + "' bytes but must be 1 or more; for example MemorySize.mebibytes(512)");
        }
    }

    /**
     * An amount in mebibytes (1024 × 1024 bytes).
     *
     * @param mebibytes 1 or more
     * @return the amount
     */
    public static MemorySize mebibytes(long mebibytes) {
        return new MemorySize(Math.multiplyExact(mebibytes, KIBI * KIBI));
    }

    /**
     * An amount in gibibytes (1024 mebibytes).
     *
     * @param gibibytes 1 or more
     * @return the amount
     */
    public static MemorySize gibibytes(long gibibytes) {
        return new MemorySize(Math.multiplyExact(gibibytes, KIBI * KIBI * KIBI));
    }

    /**
     * Reads {@code 512Mi}, {@code 4Gi}, {@code 64Ki}, {@code 1Ti} or a plain number of bytes, as Kubernetes writes it.
     *
     * @param text the text
     * @return the amount
     * @throws IllegalArgumentException if the text is none of these
     */
    public static MemorySize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("memory was '" + text
                    + "' but must be a whole number with Ki, Mi, Gi, Ti or nothing for bytes; for example '512Mi'");
        }
        String unit = matcher.group(2) == null ? "" : matcher.group(2);
        long factor = switch (unit) {
            case "Ki" -> KIBI;
            case "Mi" -> KIBI * KIBI;
            case "Gi" -> KIBI * KIBI * KIBI;
            case "Ti" -> KIBI * KIBI * KIBI * KIBI;
            default -> 1;
        };
        try {
            return new MemorySize(Math.multiplyExact(Long.parseLong(matcher.group(1)), factor));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "memory was '" + text + "' but must fit into 63 bits of bytes; write less", e);
        }
    }

    /**
     * The amount in whole mebibytes, rounded up.
     *
     * @return mebibytes
     */
    public long toMebibytesCeil() {
        return (bytes - 1) / (KIBI * KIBI) + 1;
    }

    @Override
    public int compareTo(MemorySize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest exact text that {@link #parse} reads, for example {@code 512Mi}. */
    @Override
    public String toString() {
        String[] units = {"", "Ki", "Mi", "Gi", "Ti"};
        long value = bytes;
        int unit = 0;
        while (unit < units.length - 1 && value % KIBI == 0) {
            value /= KIBI;
            unit++;
        }
        return value + units[unit];
    }
}

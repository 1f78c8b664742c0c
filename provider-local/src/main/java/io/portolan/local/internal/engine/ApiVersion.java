package io.portolan.local.internal.engine;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of the engine's HTTP interface.
 *
 * @param major 1
 * @param minor for example 41
 */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /** The newest that this module was written for. */
    public static final ApiVersion NEWEST_KNOWN = new ApiVersion(1, 47);

    /** The oldest that has all that this module asks for: Docker Engine 20.10. */
    public static final ApiVersion OLDEST_KNOWN = new ApiVersion(1, 41);

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,3})\\.(\\d{1,4})");

    static ApiVersion parse(String text, String origin) {
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new PortolanException(
                    ErrorCode.INVALID_ARGUMENT,
                    origin + " was '" + text + "' but must be an API version; for example '" + NEWEST_KNOWN + "'");
        }
        return new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /**
     * The version to speak: the newest that both sides know. An engine whose oldest is newer than what we know is spoken to in its
     * oldest, because the interface changes by additions.
     *
     * @param newest the engine's newest
     * @param oldest the engine's oldest, null if it does not say
     * @return the version
     */
    static ApiVersion negotiate(ApiVersion newest, @Nullable ApiVersion oldest) {
        if (newest.compareTo(OLDEST_KNOWN) < 0) {
            throw new PortolanException(
                    ErrorCode.UNSUPPORTED,
                    "Docker engine speaks API " + newest + " at most but " + OLDEST_KNOWN
                            + " is needed; update it to Docker Engine 20.10 or newer");
        }
        ApiVersion both = newest.compareTo(NEWEST_KNOWN) < 0 ? newest : NEWEST_KNOWN;
        return oldest != null && oldest.compareTo(both) > 0 ? oldest : both;
    }

    @Override
    public int compareTo(ApiVersion other) {
        int majors = Integer.compare(major, other.major);
        return majors != 0 ? majors : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}

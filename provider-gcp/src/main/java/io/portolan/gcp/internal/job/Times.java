package io.portolan.gcp.internal.job;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Moments of the platform. Pure. */
final class Times {
    private Times() {}

    /** Null for the default, which the platform gives for what has not happened. */
    static @Nullable Instant of(Timestamp time) {
        return time.equals(Timestamp.getDefaultInstance())
                ? null
                : Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}

package io.portolan.gcp.internal.definition;

import com.google.protobuf.Duration;

/** Durations as the vendor's classes have them. Pure. */
final class NativeDuration {
    private NativeDuration() {}

    static Duration of(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}

package io.portolan.gcp.internal.log;

import java.time.Duration;

/**
 * How long entries take to arrive.
 *
 * @param drain after the end of an attempt, before its log counts as complete
 * @param overlap how far before the newest line entries are looked for that came late
 * @param shortest between two reads of one log
 * @param longest between two reads of a log that is silent
 */
record Timing(Duration drain, Duration overlap, Duration shortest, Duration longest) {
    /** Source: entries of Cloud Run were seen to arrive up to ten seconds late. */
    static Timing drain(Duration drain) {
        return new Timing(drain, Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(15));
    }
}

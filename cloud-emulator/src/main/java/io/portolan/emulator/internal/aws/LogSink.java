package io.portolan.emulator.internal.aws;

import java.time.Instant;

/** Takes what containers write. */
public interface LogSink {
    /**
     * Keeps a line.
     *
     * @param group log group, which exists
     * @param stream log stream, made where it does not exist
     * @param time when it was written
     * @param message the line
     */
    void write(String group, String stream, Instant time, String message);

    /**
     * Whether there is a log group.
     *
     * @param group its name
     */
    boolean exists(String group);

    /**
     * Makes a log group where there is none.
     *
     * @param group its name
     */
    default void create(String group) {}

    /** A sink that has every group and keeps nothing. */
    static LogSink none() {
        return new LogSink() {
            @Override
            public void write(String group, String stream, Instant time, String message) {
                // Nobody reads it.
            }

            @Override
            public boolean exists(String group) {
                return true;
            }
        };
    }
}

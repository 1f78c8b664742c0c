package io.portolan.emulator.internal.gcp;

import java.time.Instant;
import java.util.Map;

/** Takes what containers write. */
public interface LogSink {
    /**
     * Keeps a line. Called by several threads at once.
     *
     * @param project of the log
     * @param entry what it is about
     * @param stream {@code stdout} or {@code stderr}, the end of the log's name
     * @param text the line
     * @param time when it was written
     */
    void write(String project, Source entry, String stream, String text, Instant time);

    /**
     * What a line is about.
     *
     * @param resourceType such as {@code cloud_run_job}
     * @param resourceLabels such as {@code job_name}
     * @param labels of the entry, such as {@code run.googleapis.com/execution_name}
     */
    record Source(String resourceType, Map<String, String> resourceLabels, Map<String, String> labels) {}

    /** A sink that keeps nothing. */
    static LogSink none() {
        return (project, entry, stream, text, time) -> {};
    }
}

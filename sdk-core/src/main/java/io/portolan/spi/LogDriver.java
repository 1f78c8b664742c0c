package io.portolan.spi;

import io.portolan.id.ExecutionId;
import io.portolan.run.LogSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads log lines, one page at a time. Core polls it; it holds no thread and no stream open. */
public interface LogDriver {
    /**
     * The next lines of one attempt of a task.
     *
     * @param execution the execution
     * @param source the attempt
     * @param after a position that an earlier page gave, null for the beginning
     * @param limit how many lines at most
     * @return the page; empty and not complete if there is nothing yet
     */
    LogPage readTask(ExecutionId execution, LogSource source, @Nullable String after, int limit);

    /**
     * The sources of a service: its replicas, those that ended included as far as the platform keeps them.
     *
     * @param service the service
     * @return oldest first
     */
    List<LogSource> serviceSources(String service);

    /**
     * The next lines of one replica.
     *
     * @param service the service
     * @param source the replica
     * @param after a position that an earlier page gave, null for the beginning
     * @param limit how many lines at most
     * @return the page
     */
    LogPage readService(String service, LogSource source, @Nullable String after, int limit);
}

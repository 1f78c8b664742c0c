package io.portolan.internal.log;

import io.portolan.run.LogSource;
import io.portolan.spi.LogPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something with logs: an execution or a service. */
public interface LogTarget {
    /**
     * Who may have written lines, as known now.
     *
     * @return the sources
     */
    List<LogSource> sources();

    /**
     * Whether no new source and no new line can come.
     *
     * @return true once it ended
     */
    boolean isOver();

    /**
     * The next lines of one source.
     *
     * @param source which
     * @param after a position, null for the beginning
     * @param limit how many lines at most
     * @return the page
     */
    LogPage read(LogSource source, @Nullable String after, int limit);
}

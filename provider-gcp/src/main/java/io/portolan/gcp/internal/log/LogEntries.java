package io.portolan.gcp.internal.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one request that logs need. */
@FunctionalInterface
interface LogEntries {
    /** As many entries as one page can hold. */
    int PAGE = 1000;

    /**
     * Lists entries, the oldest first.
     *
     * @param filter in the query language of Cloud Logging
     * @param pageToken what an earlier page of the same filter gave, null for the first page
     */
    Page list(String filter, @Nullable String pageToken);

    /**
     * A page.
     *
     * @param entries by time; those of one time by insert id
     * @param nextPageToken null on the last page; a page may be empty and yet not be the last
     */
    record Page(List<Entry> entries, @Nullable String nextPageToken) {
        public Page {
            entries = List.copyOf(entries);
        }
    }
}

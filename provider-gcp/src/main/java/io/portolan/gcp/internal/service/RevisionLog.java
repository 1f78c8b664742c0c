package io.portolan.gcp.internal.service;

import java.util.List;

/** The last words of a revision that did not become ready, which say more than its condition. */
@FunctionalInterface
public interface RevisionLog {
    /** For connections without logs. */
    RevisionLog NONE = (service, revision) -> List.of();

    /**
     * The last lines of a revision, those of the platform about its containers among them. They arrive late: this waits some seconds for
     * them if there are none.
     *
     * @param service the short name of the service at Cloud Run
     * @param revision the short name of the revision
     * @return oldest first, a few; empty if there are none or they cannot be read
     */
    List<String> last(String service, String revision);
}

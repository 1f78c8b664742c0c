package io.portolan.run;

import java.util.List;

/**
 * What a clean-up did.
 *
 * @param removed what is gone now
 * @param failed what could not be removed, with the reason, one line each
 */
public record PruneReport(List<OwnedResource> removed, List<String> failed) {
    /** Copies the lists. */
    public PruneReport {
        removed = List.copyOf(removed);
        failed = List.copyOf(failed);
    }
}

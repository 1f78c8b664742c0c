package io.portolan.testkit.conformance;

import io.portolan.Cloud;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.portability.Capability;
import io.portolan.run.JobExecution;
import java.time.Duration;

/** Removes what a test has left, as far as the provider lets it. The harness removes the rest. */
final class Cleanup {
    private final Duration limit;

    Cleanup(Duration limit) {
        this.limit = limit;
    }

    void removeAll(Cloud cloud) {
        attempt(() -> cloud.jobs().list().forEach(id -> attempt(() -> remove(cloud, id))));
        if (cloud.capabilities().has(Capability.SERVICES)) {
            attempt(() -> cloud.services()
                    .list()
                    .forEach(name -> attempt(() -> cloud.services().delete(name))));
        }
        attempt(cloud::prune);
    }

    private void remove(Cloud cloud, ExecutionId id) {
        JobExecution execution = cloud.jobs().find(id).orElseThrow();
        if (!execution.status().phase().isTerminal()) {
            execution.cancel();
        }
        execution.await(limit);
        execution.delete();
    }

    /** A test may have left a broken platform behind: what cannot be removed here is left to the harness. */
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (PortolanException ignored) {
            return;
        }
    }
}

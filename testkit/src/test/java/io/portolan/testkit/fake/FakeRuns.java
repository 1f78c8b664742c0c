package io.portolan.testkit.fake;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.TaskLauncher;
import java.time.Instant;

/** Starts one attempt, as core would. */
final class FakeRuns {
    private FakeRuns() {}

    static ExecutionId run(CloudDriver driver, JobSpec spec) {
        ExecutionId id = ExecutionId.generate();
        TaskLauncher launcher = (TaskLauncher) driver.jobs();
        launcher.claim(new ExecutionRecord(id, spec.name(), "abc", spec.tasks(), "doc", Instant.now(), false));
        launcher.launch(new AttemptLaunch(new AttemptKey(id, "abc", 0, 0), spec));
        return id;
    }
}

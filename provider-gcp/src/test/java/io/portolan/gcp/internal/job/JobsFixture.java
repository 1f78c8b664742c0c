package io.portolan.gcp.internal.job;

import static io.portolan.gcp.internal.job.Shapes.CONFIG;
import static io.portolan.gcp.internal.job.Shapes.completed;
import static io.portolan.gcp.internal.job.Shapes.record;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.run.v2.Condition;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.run.Failure;
import io.portolan.spec.JobSpec;
import io.portolan.spi.ManagedStatus;
import io.portolan.spi.ProviderConfig;
import io.portolan.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;

/** Jobs on a Cloud Run in memory, on a clock that goes on while somebody waits. */
abstract class JobsFixture {
    static final JobSpec SPEC = Shapes.job().build();
    static final ExecutionId OTHER = ExecutionId.of("nightly-2");

    final ManualClock clock = ManualClock.create();
    final FakeRunJobs cloud = new FakeRunJobs(clock);
    final List<Runnable> whileItWaits = new ArrayList<>();
    final CloudRunJobs jobs = jobs(CONFIG);

    CloudRunJobs jobs(ProviderConfig config) {
        return new CloudRunJobs(cloud, config, clock, time -> {
            clock.advance(time);
            if (!whileItWaits.isEmpty()) {
                whileItWaits.remove(0).run();
            }
        });
    }

    ManagedStatus start(ExecutionId id) {
        return jobs.start(record(SPEC, id), SPEC);
    }

    ManagedStatus described(ExecutionId id) {
        return jobs.describe(List.of(id)).get(0);
    }

    void end(Condition.State state) {
        cloud.change(
                cloud.theExecution().getName(),
                execution -> execution.addConditions(completed(state)).setCompletionTime(Shapes.at(9)));
    }

    static ErrorCode codeOf(Runnable call) {
        return catchThrowableOfType(PortolanException.class, call::run).code();
    }

    static Failure failureOf(ManagedStatus status) {
        return status.tasks().get(0).failure().orElseThrow();
    }
}

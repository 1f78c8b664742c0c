package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Task;
import com.google.cloud.run.v2.TaskAttemptResult;
import com.google.protobuf.Timestamp;
import com.google.rpc.Status;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.id.ExecutionId;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ProviderConfig;
import java.time.Instant;
import java.util.Map;

/** Jobs, executions and tasks for tests. */
final class Shapes {
    static final ExecutionId ID = ExecutionId.of("nightly-1");
    static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    static final ProviderConfig CONFIG =
            new ProviderConfig("shop", GcpKeys.ALL, Map.of(GcpKeys.PROJECT, "p", GcpKeys.REGION, "europe-west1"));
    static final String LOCATION = "projects/p/locations/europe-west1";
    static final String JOB = LOCATION + "/jobs/shop-etl";

    private Shapes() {}

    static JobSpec.Builder job() {
        return JobSpec.builder("etl").image("europe-docker.pkg.dev/acme/etl/etl:1.4");
    }

    static ExecutionRecord record(JobSpec spec, ExecutionId id) {
        return new ExecutionRecord(
                id, spec.name(), SpecYaml.hash(spec), spec.tasks(), SpecYaml.write(spec), CREATED, false);
    }

    static ExecutionRecord record(int tasks) {
        return record(job().tasks(tasks).build(), ID);
    }

    static Condition completed(Condition.State state) {
        return Condition.newBuilder().setType("Completed").setState(state).build();
    }

    static Condition completed(Condition.State state, Condition.ExecutionReason reason, String message) {
        return Condition.newBuilder()
                .setType("Completed")
                .setState(state)
                .setExecutionReason(reason)
                .setMessage(message)
                .build();
    }

    static Timestamp at(int second) {
        return Timestamp.newBuilder()
                .setSeconds(CREATED.getEpochSecond() + second)
                .build();
    }

    static Execution.Builder execution(int tasks) {
        return Execution.newBuilder()
                .setName(JOB + "/executions/shop-etl-token")
                .setTaskCount(tasks)
                .setCreateTime(at(0));
    }

    static Task.Builder task(int index) {
        return Task.newBuilder()
                .setName(JOB + "/executions/shop-etl-token/tasks/shop-etl-token-task" + index)
                .setIndex(index)
                .setCreateTime(at(0));
    }

    static Task.Builder running(int index) {
        return task(index).setScheduledTime(at(1)).setStartTime(at(2));
    }

    static Task.Builder succeeded(int index) {
        return running(index)
                .setCompletionTime(at(9))
                .setLastAttemptResult(TaskAttemptResult.getDefaultInstance())
                .addConditions(completed(Condition.State.CONDITION_SUCCEEDED));
    }

    static Task.Builder failed(int index, TaskAttemptResult result) {
        return running(index)
                .setCompletionTime(at(9))
                .setLastAttemptResult(result)
                .addConditions(completed(Condition.State.CONDITION_FAILED));
    }

    static TaskAttemptResult exit(int code) {
        return TaskAttemptResult.newBuilder()
                .setExitCode(code)
                .setStatus(Status.newBuilder().setCode(2).setMessage("The container exited with an error."))
                .build();
    }

    static TaskAttemptResult result(int code, String message) {
        return TaskAttemptResult.newBuilder()
                .setStatus(Status.newBuilder().setCode(code).setMessage(message))
                .build();
    }
}

package io.portolan.emulator.internal.gcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.ContainerRuntime.ContainerSpec;
import io.portolan.emulator.ContainerRuntime.StartFailure;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.GcpRest;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import io.portolan.emulator.gcp.ExecutionOutcome;
import io.portolan.emulator.gcp.GcpModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutionsTest {
    private final EmulatorClock clock = EmulatorClock.manual();
    private final List<ContainerSpec> started = new CopyOnWriteArrayList<>();
    private Function<ContainerSpec, SimulatedProgram> program = spec -> SimulatedProgram.exiting(0);
    private final CloudEmulator emulator = CloudEmulator.builder()
            .clock(clock)
            .containers(SimulatedContainers.running(spec -> {
                started.add(spec);
                return program.apply(spec);
            }))
            .start();
    private final GcpRest rest = GcpRest.of(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void execution_thatSucceeds_tellsCountsConditionsAndTimes() {
        String execution = run("'taskCount':3,'labels':{'k':'v'},'annotations':{'n':'o'}", "'maxRetries':0");
        clock.advance(Duration.ofMinutes(1));

        JsonNode done = rest.get(execution).body();
        assertThat(done.at("/succeededCount").asInt()).isEqualTo(3);
        assertThat(done.has("failedCount")).isFalse();
        assertThat(done.at("/template/maxRetries").asInt()).isZero();
        assertThat(done.at("/labels/k").asText()).isEqualTo("v");
        assertThat(done.at("/annotations/n").asText()).isEqualTo("o");
        assertThat(done.at("/job").asText()).isEqualTo("a");
        assertThat(condition(done, "Completed").path("state").asText()).isEqualTo("CONDITION_SUCCEEDED");
        assertThat(condition(done, "Started").path("state").asText()).isEqualTo("CONDITION_SUCCEEDED");
        assertThat(done.has("startTime") && done.has("completionTime")).isTrue();
        assertThat(GcpModel.of("run").responseViolations("run.jobs.executions.get", done))
                .isEmpty();
        assertThat(rest.get("jobs/a")
                        .at("/latestCreatedExecution/completionStatus")
                        .asText())
                .isEqualTo("EXECUTION_SUCCEEDED");
        JsonNode task = tasks(execution).get(1);
        assertThat(task.path("index").asInt()).isEqualTo(1);
        assertThat(task.path("lastAttemptResult").path("status")).isEmpty();
        assertThat(GcpModel.of("run").responseViolations("run.jobs.executions.tasks.get", task))
                .isEmpty();
        assertThat(rest.get("/v2/" + task.path("name").asText()).body()).isEqualTo(task);
    }

    @Test
    void containers_getTheVariablesOfThePlatformAndTheirOwn() {
        emulator.gcp().secret("db", "hidden");
        String execution = run(
                "'taskCount':2",
                "'volumes':[{'name':'v','gcs':{'bucket':'b'}}]",
                "'command':['sh'],'args':['-c','x'],'resources':{'limits':{'cpu':'2','memory':'1Gi'}},"
                        + "'volumeMounts':[{'name':'v','mountPath':'/data'}],'env':[{'name':'A','value':'1'},"
                        + "{'name':'S','valueSource':{'secretKeyRef':{'secret':'db','version':'1'}}}]");
        clock.advance(Duration.ofMinutes(1));

        ContainerSpec second = started.get(1);
        assertThat(second.environment())
                .containsEntry("CLOUD_RUN_JOB", "a")
                .containsEntry("CLOUD_RUN_EXECUTION", execution.substring(execution.lastIndexOf('/') + 1))
                .containsEntry("CLOUD_RUN_TASK_INDEX", "1")
                .containsEntry("CLOUD_RUN_TASK_ATTEMPT", "0")
                .containsEntry("CLOUD_RUN_TASK_COUNT", "2")
                .containsEntry("A", "1")
                .containsEntry("S", "hidden");
        assertThat(second.entryPoint()).containsExactly("sh");
        assertThat(second.command()).containsExactly("-c", "x");
        assertThat(second.cpuUnits()).isEqualTo(2048);
        assertThat(second.memoryMiB()).isEqualTo(1024);
        assertThat(second.mounts()).hasSize(1);
    }

    @Test
    void parallelism_limitsHowManyTasksRunAtOnce() {
        program = spec -> SimulatedProgram.exiting(0).lasting(Duration.ofMinutes(1));
        String execution = run("'taskCount':5,'parallelism':2", "'maxRetries':0");
        clock.advance(Duration.ofSeconds(30));

        assertThat(rest.get(execution).at("/runningCount").asInt()).isEqualTo(2);
        assertThat(started).hasSize(2);
        clock.advance(Duration.ofMinutes(3));
        assertThat(rest.get(execution).at("/succeededCount").asInt()).isEqualTo(5);
    }

    @Test
    void task_thatFails_isRetriedAndItsOthersGoOn() {
        program = spec -> SimulatedProgram.exiting(index(spec) == 1 ? 7 : 0);
        String execution = run("'taskCount':3,'parallelism':1", "'maxRetries':2");
        clock.advance(Duration.ofMinutes(1));

        JsonNode done = rest.get(execution).body();
        assertThat(started).hasSize(5);
        assertThat(started.get(3).environment()).containsEntry("CLOUD_RUN_TASK_ATTEMPT", "2");
        assertThat(done.at("/failedCount").asInt()).isEqualTo(1);
        assertThat(done.at("/succeededCount").asInt()).isEqualTo(2);
        assertThat(done.at("/retriedCount").asInt()).isEqualTo(1);
        JsonNode completed = condition(done, "Completed");
        assertThat(completed.path("state").asText()).isEqualTo("CONDITION_FAILED");
        assertThat(completed.path("executionReason").asText()).isEqualTo("NON_ZERO_EXIT_CODE");
        assertThat(completed.path("message").asText())
                .endsWith("-task1 failed with exit code: 7 and message: The container exited with an error.");
        JsonNode task = tasks(execution).get(1);
        assertThat(task.path("retried").asInt()).isEqualTo(2);
        assertThat(task.path("lastAttemptResult").path("exitCode").asInt()).isEqualTo(7);
    }

    @Test
    void task_thatFailsOnce_succeedsAtItsRetry() {
        program =
                spec -> SimulatedProgram.exiting("0".equals(spec.environment().get("CLOUD_RUN_TASK_ATTEMPT")) ? 1 : 0);
        String execution = run("'taskCount':1", "'maxRetries':1");
        clock.advance(Duration.ofMinutes(1));

        assertThat(rest.get(execution).at("/succeededCount").asInt()).isEqualTo(1);
        assertThat(rest.get(execution).at("/retriedCount").asInt()).isEqualTo(1);
    }

    @Test
    void attempt_thatTakesTooLong_isStoppedAndSaysSo() {
        program = spec -> SimulatedProgram.serving().ignoringStop();
        String execution = run("'taskCount':1", "'maxRetries':0,'timeout':'60s'");
        clock.advance(Duration.ofSeconds(65));
        assertThat(rest.get(execution).at("/runningCount").asInt()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(10));

        assertThat(condition(rest.get(execution).body(), "Completed")
                        .path("message")
                        .asText())
                .endsWith("-task0 failed with exit code: 0 and message: The configured timeout was reached.");
        JsonNode result = tasks(execution).get(0).path("lastAttemptResult");
        assertThat(result.has("exitCode")).isFalse();
        assertThat(result.at("/status/message").asText()).isEqualTo("The configured timeout was reached.");
    }

    @Test
    void task_thatUsesTooMuchMemory_isKilledByASignal() {
        program = spec -> SimulatedProgram.exiting(0).runningOutOfMemory();
        String execution = run("'taskCount':1", "'maxRetries':0");
        clock.advance(Duration.ofMinutes(1));

        JsonNode result = tasks(execution).get(0).path("lastAttemptResult");
        assertThat(result.path("termSignal").asInt()).isEqualTo(9);
        assertThat(result.has("exitCode")).isFalse();
    }

    @Test
    void cancel_stopsTheTasks_andIsNoErrorOfTheOperationOfTheRun() {
        program = spec -> SimulatedProgram.serving();
        create("'taskCount':3,'parallelism':1", "'maxRetries':3", "'args':['x']");
        var run = rest.post("jobs/a:run", "{}");
        String execution = "/v2/" + run.at("/metadata/name").asText();
        clock.advance(Duration.ofSeconds(1));

        var cancel = rest.post(execution + ":cancel", "{}");
        assertThat(condition(rest.get(execution).body(), "Completed")
                        .path("executionReason")
                        .asText())
                .isEqualTo("CANCELLING");
        clock.advance(Duration.ofSeconds(1));

        JsonNode done = rest.get(execution).body();
        assertThat(done.at("/cancelledCount").asInt()).isEqualTo(3);
        assertThat(done.has("failedCount")).isFalse();
        assertThat(condition(done, "Completed").path("executionReason").asText())
                .isEqualTo("CANCELLED");
        for (String operation :
                List.of(run.at("/name").asText(), cancel.at("/name").asText())) {
            var ended = rest.get("/v2/" + operation);
            assertThat(ended.at("/done").asBoolean()).isTrue();
            assertThat(ended.body().has("error")).isFalse();
        }
        assertThat(rest.get("jobs/a")
                        .at("/latestCreatedExecution/completionStatus")
                        .asText())
                .isEqualTo("EXECUTION_CANCELLED");
        assertThat(rest.post(execution + ":cancel", "{}").status()).isEqualTo(400);
    }

    @Test
    void operation_ofARunThatFails_hasAnError() {
        program = spec -> SimulatedProgram.exiting(1);
        create("'taskCount':1", "'maxRetries':0", "'args':['x']");
        String operation = rest.post("jobs/a:run", "{}").at("/name").asText();
        clock.advance(Duration.ofMinutes(1));

        assertThat(rest.get("/v2/" + operation).at("/error/code").asInt()).isEqualTo(13);
    }

    @Test
    void image_thatIsMissing_failsTheExecutionWithoutRetries() {
        program = spec -> SimulatedProgram.notStarting(StartFailure.IMAGE_NOT_FOUND);
        String execution = run("'taskCount':4,'parallelism':1", "'maxRetries':3");
        clock.advance(Duration.ofMinutes(1));

        JsonNode completed = condition(rest.get(execution).body(), "Completed");
        assertThat(started).hasSize(1);
        assertThat(completed.path("reason").asText()).isEqualTo("CONTAINER_MISSING");
        assertThat(completed.path("message").asText()).isEqualTo("Image 'app:1' not found.");
    }

    @Test
    void outcomes_scripted_comeOneAfterTheOther() {
        emulator.gcp()
                .faults()
                .nextExecution(
                        ExecutionOutcome.cancelled(Duration.ofSeconds(5)),
                        ExecutionOutcome.expired(Duration.ofSeconds(5)),
                        ExecutionOutcome.delayed(Duration.ofMinutes(2)));
        program = spec -> SimulatedProgram.exiting(0).lasting(Duration.ofMinutes(1));
        String cancelled = run("'taskCount':1", "'maxRetries':0");
        String expired =
                "/v2/" + rest.post("jobs/a:run", "{}").at("/metadata/name").asText();
        String delayed =
                "/v2/" + rest.post("jobs/a:run", "{}").at("/metadata/name").asText();
        clock.advance(Duration.ofSeconds(63));

        assertThat(rest.get(cancelled).at("/cancelledCount").asInt()).isEqualTo(1);
        assertThat(rest.get(expired).at("/succeededCount").asInt()).isEqualTo(1);
        assertThat(condition(rest.get(delayed).body(), "Started")
                        .path("executionReason")
                        .asText())
                .isEqualTo("DELAYED_START_PENDING");
        assertThat(rest.get(delayed + "/tasks").body()).isEmpty();
        clock.advance(Duration.ofSeconds(5));
        assertThat(rest.get(expired).status()).isEqualTo(404);
        assertThat(rest.get(expired + "/tasks").status()).isEqualTo(404);
        clock.advance(Duration.ofMinutes(3));
        assertThat(rest.get(delayed).at("/succeededCount").asInt()).isEqualTo(1);
    }

    @Test
    void endedExecutions_beyondTheLimit_areForgotten() {
        emulator.gcp().keptExecutions(2);
        String first = run("'taskCount':1", "'maxRetries':0");
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 2; i++) {
            rest.post("jobs/a:run", "{}");
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(rest.get(first).status()).isEqualTo(404);
        assertThat(rest.get("jobs/-/executions").at("/executions").size()).isEqualTo(2);
    }

    @Test
    void execution_thatIsDeleted_isGone() {
        program = spec -> SimulatedProgram.serving();
        String execution = run("'taskCount':1", "'maxRetries':0");
        clock.advance(Duration.ofSeconds(1));

        String operation = rest.delete(execution).at("/name").asText();
        clock.advance(Duration.ofSeconds(1));

        assertThat(rest.get(execution).status()).isEqualTo(404);
        assertThat(rest.get("/v2/" + operation).at("/response/deleteTime").asText())
                .isNotEmpty();
    }

    @Test
    void overrides_changeOneRunOnly() {
        create(
                "'taskCount':1",
                "'maxRetries':0",
                "'args':['x'],'env':[{'name':'A','value':'1'},{'name':'B','value':'2'}]");
        rest.post(
                "jobs/a:run",
                "{'overrides':{'taskCount':2,'timeout':'5s','containerOverrides':[{'name':'main','args':['y','z'],"
                        + "'env':[{'name':'B','value':'3'},{'name':'C','value':'4'}]}]}}");
        clock.advance(Duration.ofSeconds(1));

        assertThat(started).hasSize(2);
        assertThat(started.get(0).command()).containsExactly("y", "z");
        assertThat(started.get(0).environment())
                .containsEntry("A", "1")
                .containsEntry("B", "3")
                .containsEntry("C", "4");
        assertThat(rest.get("jobs/a").at("/template/taskCount").asInt()).isEqualTo(1);
        assertThat(rest.post("jobs/a:run", "{'overrides':{'containerOverrides':[{'name':'other'}]}}")
                        .status())
                .isEqualTo(400);
        assertThat(rest.post("jobs/a:run", "{'overrides':{'containerOverrides':[{'name':'main','image':'x'}]}}")
                        .message())
                .contains("Unknown name \"image\"");
    }

    @Test
    void sidecars_startInOrder_andAreStoppedWhenTheFirstContainerEnds() {
        program = spec -> spec.name().equals("main")
                ? SimulatedProgram.exiting(0).lasting(Duration.ofSeconds(10))
                : SimulatedProgram.serving();
        String execution =
                run("'taskCount':1", "'maxRetries':0", "'dependsOn':['side']},{'name':'side','image':'side:1'");
        clock.advance(Duration.ofSeconds(20));

        assertThat(started).extracting(ContainerSpec::name).containsExactly("side", "main");
        assertThat(rest.get(execution).at("/succeededCount").asInt()).isEqualTo(1);
    }

    private String run(String template, String task) {
        return run(template, task, "'args':['x']");
    }

    private String run(String template, String task, String container) {
        create(template, task, container);
        return "/v2/" + rest.post("jobs/a:run", "{}").at("/metadata/name").asText();
    }

    private void create(String template, String task, String container) {
        var created = rest.post(
                "jobs?jobId=a",
                "{'template':{" + template + ",'template':{" + task + ",'containers':[{'name':'main','image':'app:1',"
                        + container + "}]}}}");
        assertThat(created.status()).as(created.message()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
    }

    private JsonNode tasks(String execution) {
        return rest.get(execution + "/tasks").at("/tasks");
    }

    private static JsonNode condition(JsonNode resource, String type) {
        for (JsonNode condition : resource.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        throw new AssertionError("no condition " + type + " in " + resource);
    }

    private static int index(ContainerSpec spec) {
        return Integer.parseInt(spec.environment().get("CLOUD_RUN_TASK_INDEX"));
    }
}

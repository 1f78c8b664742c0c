package io.portolan.emulator.gcp;

import static io.portolan.emulator.GcpRest.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class GcpModelTest {
    private final GcpModel run = GcpModel.of("run");

    @Test
    void violations_ofARequest_areAllFoundAndTellNoValues() {
        var job = json("""
                {'colour':'red','launchStage':'SOON','uid':'u','template':{'taskCount':'two','template':{
                 'timeout':'10m','maxRetries':3000000000,
                 'containers':[{'name':'main','env':[{'value':'hidden'}]}]}}}""");

        assertThat(run.violations("run.jobs.create", job))
                .containsExactlyInAnyOrder(
                        "colour is not a member",
                        "launchStage must be one of [\"LAUNCH_STAGE_UNSPECIFIED\",\"UNIMPLEMENTED\",\"PRELAUNCH\","
                                + "\"EARLY_ACCESS\",\"ALPHA\",\"BETA\",\"GA\",\"DEPRECATED\"]",
                        "uid is set by the server only",
                        "template.taskCount must be a number of 32 bits",
                        "template.template.timeout must be a duration in seconds such as 600s",
                        "template.template.maxRetries must be a number of 32 bits",
                        "template.template.containers[0].image must not be missing",
                        "template.template.containers[0].env[0].name must not be missing");
    }

    @Test
    void violations_ofAnUpdateWithAMask_doNotAskForWhatItLeavesOut() {
        assertThat(run.violations("run.services.patch", json("{'traffic':[{'type':2,'percent':100}]}")))
                .isEmpty();
        assertThat(run.violations("run.jobs.patch", json("{}"))).containsExactly("template must not be missing");
    }

    @Test
    void enums_asNumbers_areThoseOfTheProtocolBuffers() {
        ObjectNode job = (ObjectNode) json("""
                {'launchStage':4,'template':{'template':{'executionEnvironment':2,
                 'volumes':[{'name':'v','emptyDir':{'medium':1}}]}}}""");

        assertThat(run.violations("run.jobs.create", job)).isEmpty();
        assertThat(run.normalized("run.jobs.create", job)).isEqualTo(json("""
                {'launchStage':'GA','template':{'template':{'executionEnvironment':'EXECUTION_ENVIRONMENT_GEN2',
                 'volumes':[{'name':'v','emptyDir':{'medium':'MEMORY'}}]}}}"""));
    }

    @Test
    void numbered_ofAnOperation_goesByTheTypeOfWhatItCarries() {
        var operation = json("""
                {'name':'o','metadata':{'@type':'type.googleapis.com/google.cloud.run.v2.Job',
                 'terminalCondition':{'state':'CONDITION_SUCCEEDED'}}}""");

        assertThat(run.numbered("run.jobs.create", operation)
                        .at("/metadata/terminalCondition/state")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void method_ofARequest_isFoundByItsVerb() {
        String job = "/v2/projects/p/locations/l/jobs/j";

        assertThat(run.find("POST", job + ":run").orElseThrow().name()).isEqualTo("run.jobs.run");
        assertThat(run.find("GET", job + "/executions/e/tasks").orElseThrow().name())
                .isEqualTo("run.jobs.executions.tasks.list");
        assertThat(run.find("POST", job + ":jump")).isEmpty();
        assertThat(GcpModel.of("logging")
                        .find("POST", "/v2/entries:list")
                        .orElseThrow()
                        .name())
                .isEqualTo("logging.entries.list");
        assertThat(GcpModel.of("artifactregistry")
                        .find("GET", "/v1/projects/p/locations/l/repositories/r/packages/a%252Fb/versions")
                        .orElseThrow()
                        .pathParameters("/v1/projects/p/locations/l/repositories/r/packages/a%252Fb/versions"))
                .containsEntry("parent", "projects/p/locations/l/repositories/r/packages/a%2Fb");
    }

    @Test
    void secret_ofTheEmulator_isFoundByShortAndLongNames() {
        GcpEmulator gcp = new GcpEmulator().secret("db", "v");

        assertThat(gcp.findSecret("projects/p/secrets/db")).contains("v");
        assertThat(gcp.findSecret("other")).isEmpty();
    }
}

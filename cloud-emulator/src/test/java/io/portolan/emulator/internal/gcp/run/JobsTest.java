package io.portolan.emulator.internal.gcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.GcpRest;
import io.portolan.emulator.gcp.GcpModel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsTest {
    private static final String JOB = "{'template':{'template':{'containers':[{'name':'main','image':'app:1'}]}}}";

    private final EmulatorClock clock = EmulatorClock.manual();
    private final CloudEmulator emulator = CloudEmulator.builder().clock(clock).start();
    private final GcpRest rest = GcpRest.of(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void job_thatIsThere_cannotBeCreatedAgain() {
        create("a", JOB);

        var again = rest.post("jobs?jobId=a", JOB);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("/error/status").asText()).isEqualTo("ALREADY_EXISTS");
        assertThat(again.message()).isEqualTo("Resource 'a' already exists.");
    }

    @Test
    void job_reconcilesFirst_andRunsOnlyWhenItIsReady() {
        rest.post("jobs?jobId=a", JOB);
        assertThat(rest.get("jobs/a").at("/reconciling").asBoolean()).isTrue();
        assertThat(rest.post("jobs/a:run", "{}").at("/error/status").asText()).isEqualTo("FAILED_PRECONDITION");

        clock.advance(Duration.ofSeconds(1));

        assertThat(rest.get("jobs/a").body().has("reconciling")).isFalse();
        assertThat(rest.post("jobs/a:run", "{}").status()).isEqualTo(200);
        assertThat(GcpModel.of("run")
                        .responseViolations("run.jobs.get", rest.get("jobs/a").body()))
                .isEmpty();
    }

    @Test
    void update_replacesTheWholeJob() {
        create("a", "{'labels':{'k':'v'},'annotations':{'x':'y'}," + JOB.substring(1));

        rest.patch("jobs/a", JOB.replace("app:1", "app:2"));
        clock.advance(Duration.ofSeconds(1));

        var job = rest.get("jobs/a");
        assertThat(job.body().has("labels")).isFalse();
        assertThat(job.at("/template/template/containers/0/image").asText()).isEqualTo("app:2");
        assertThat(job.at("/generation").asText()).isEqualTo("2");
    }

    @Test
    void update_withAnOldEtag_isAborted() {
        create("a", JOB);
        String etag = rest.get("jobs/a").at("/etag").asText().replace("\"", "\\\"");
        rest.patch("jobs/a", JOB);
        String body = "{'etag':'ETAG'," + JOB.substring(1);

        var old = rest.send("PATCH", "jobs/a", body.replace('\'', '"').replace("ETAG", etag));

        assertThat(old.status()).isEqualTo(409);
        assertThat(old.at("/error/status").asText()).isEqualTo("ABORTED");
        assertThat(old.message()).startsWith("Conflict for resource 'a': version '");
    }

    @Test
    void update_ofNothing_isNotFoundUnlessItMayCreate() {
        assertThat(rest.patch("jobs/a", JOB).message()).isEqualTo("job \"" + GcpRest.PARENT + "/jobs/a\" not found");
        assertThat(rest.patch("jobs/a?allowMissing=true", JOB).status()).isEqualTo(200);
    }

    @Test
    void validateOnly_changesNothing() {
        var answer = rest.post("jobs?jobId=a&validateOnly=true", JOB);

        assertThat(answer.at("/done").asBoolean()).isTrue();
        assertThat(answer.at("/response/template/taskCount").asInt()).isEqualTo(1);
        assertThat(rest.get("jobs/a").status()).isEqualTo(404);
    }

    @Test
    void job_thatIsDeleted_isGoneWithItsExecutions() {
        create("a", JOB);
        rest.post("jobs/a:run", "{}");

        String operation = rest.delete("jobs/a").at("/name").asText();
        assertThat(rest.get("jobs/a").at("/deleteTime").asText()).isNotEmpty();
        clock.advance(Duration.ofSeconds(1));

        assertThat(rest.get("/v2/" + operation).at("/response/deleteTime").asText())
                .isNotEmpty();
        assertThat(rest.get("jobs/a").status()).isEqualTo(404);
        assertThat(rest.get("jobs/-/executions").body()).isEmpty();
        assertThat(rest.post("jobs?jobId=a", JOB).status()).isEqualTo(200);
    }

    @Test
    void reservedVariables_areRefusedWithTheRealText() {
        String body = JOB.replace(
                "'image':'app:1'",
                "'image':'app:1','env':[{'name':'PORT','value':'1'},{'name':'CLOUD_RUN_JOB','value':'x'}]");

        assertThat(rest.post("jobs?jobId=a", body).message())
                .isEqualTo("template.template.containers[0].env: The following reserved env names were provided:"
                        + " CLOUD_RUN_JOB, PORT. These values are automatically set by the system.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Upper | 'image':'app:1' | 'image':'app:1' | must begin with letter
            a- | 'image':'app:1' | 'image':'app:1' | cannot end with hyphen
            a | {'template':{'template' | {'template':{'taskCount':10001,'template' | template.task_count
            a | 'containers' | 'maxRetries':11,'containers' | max_retries
            a | 'containers' | 'timeout':'604801s','containers' | timeout
            a | 'containers' | 'executionEnvironment':1,'containers' | gen1
            a | 'image':'app:1' | 'image':'app:1','dependsOn':['b'] | depends_on
            a | 'image':'app:1' | 'image':'app:1','volumeMounts':[{'name':'v','mountPath':'/v'}] | volume_mounts
            a | 'image':'app:1' | 'image':'app:1','resources':{'limits':{'cpu':'much'}} | resources.limits.cpu
            a | {'template':{'template' | {'labels':{'run.googleapis.com/x':'y'},'template':{'template' | namespace
            """)
    void limits_areThoseOfThePlatform(String id, String part, String instead, String message) {
        var answer = rest.post("jobs?jobId=" + id, JOB.replace(part, instead));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains(message);
    }

    @Test
    void token_startsOneExecutionOfItsName() {
        rest.post("jobs?jobId=a", "{'startExecutionToken':'t1'," + JOB.substring(1));
        assertThat(rest.get("jobs/a/executions/a-t1").status()).isEqualTo(404);
        assertThat(rest.get("jobs/a").at("/startExecutionToken").asText()).isEqualTo("t1");
        clock.advance(Duration.ofSeconds(1));

        assertThat(rest.get("jobs/a/executions/a-t1").status()).isEqualTo(200);
        assertThat(rest.get("jobs/a").at("/latestCreatedExecution/name").asText())
                .isEqualTo("a-t1");
        assertThat(rest.get("jobs/a").body().has("reconciling")).isFalse();

        rest.patch("jobs/a", "{'startExecutionToken':'t1'," + JOB.substring(1));
        clock.advance(Duration.ofSeconds(1));
        rest.patch("jobs/a", "{'startExecutionToken':'t2'," + JOB.substring(1));
        clock.advance(Duration.ofSeconds(1));

        assertThat(rest.get("jobs/a/executions").at("/executions").findValuesAsText("name"))
                .filteredOn(name -> name.contains("/executions/"))
                .containsExactly(
                        GcpRest.PARENT + "/jobs/a/executions/a-t2", GcpRest.PARENT + "/jobs/a/executions/a-t1");
        assertThat(rest.get("jobs/a").at("/executionCount").asInt()).isEqualTo(2);
    }

    @Test
    void token_ofAnEarlierExecution_isRefused() {
        create("a", "{'startExecutionToken':'t1'," + JOB.substring(1));
        rest.post("jobs/a:run", "{}");
        assertThat(rest.get("jobs/a").body().has("startExecutionToken")).isFalse();

        var again = rest.patch("jobs/a", "{'startExecutionToken':'t1'," + JOB.substring(1));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.message()).isEqualTo("Resource 'a-t1' already exists.");
    }

    @Test
    void token_thatAnUpdateOvertakes_startsNothing() {
        rest.post("jobs?jobId=a", "{'startExecutionToken':'t1'," + JOB.substring(1));
        rest.patch("jobs/a", "{'startExecutionToken':'t2'," + JOB.substring(1));
        clock.advance(Duration.ofSeconds(1));

        assertThat(rest.get("jobs/a/executions").at("/executions").size()).isEqualTo(1);
        assertThat(rest.get("jobs/a/executions/a-t2").status()).isEqualTo(200);
    }

    @Test
    void token_toRun_makesTheJobReadyWhenTheExecutionHasSucceeded() {
        emulator.gcp().phase(Duration.ofSeconds(1));
        rest.post("jobs?jobId=a", "{'runExecutionToken':'t'," + JOB.substring(1));
        clock.advance(Duration.ofSeconds(2));
        assertThat(rest.get("jobs/a/executions/a-t").status()).isEqualTo(200);
        assertThat(rest.get("jobs/a").at("/reconciling").asBoolean()).isTrue();

        clock.advance(Duration.ofSeconds(5));

        assertThat(rest.get("jobs/a").at("/terminalCondition/state").asText()).isEqualTo("CONDITION_SUCCEEDED");
    }

    @Test
    void token_thatIsTooLongWithItsJob_isRefused() {
        String token = "t".repeat(63 - 1);

        assertThat(rest.post("jobs?jobId=a", "{'startExecutionToken':'" + token + "'," + JOB.substring(1))
                        .message())
                .contains("must be fewer than 63 characters");
        assertThat(rest.post("jobs?jobId=a", "{'startExecutionToken':'" + token.substring(1) + "'," + JOB.substring(1))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void secret_thatIsMissing_failsTheJobUntilItIsThere() {
        String body = "{'startExecutionToken':'t',"
                + JOB.substring(1)
                        .replace(
                                "'image':'app:1'",
                                "'image':'app:1','env':[{'name':'DB','valueSource':{'secretKeyRef':"
                                        + "{'secret':'db','version':'latest'}}}]");
        create("a", body);
        var failed = rest.get("jobs/a");
        assertThat(failed.at("/terminalCondition/state").asText()).isEqualTo("CONDITION_FAILED");
        assertThat(failed.at("/terminalCondition/reason").asText()).isEqualTo("SECRETS_ACCESS_CHECK_FAILED");
        assertThat(rest.get("jobs/a/executions").body()).isEmpty();

        emulator.gcp().secret("db", "hidden");
        rest.patch("jobs/a", body);
        clock.advance(Duration.ofSeconds(1));

        assertThat(rest.get("jobs/a/executions/a-t").status()).isEqualTo(200);
    }

    @Test
    void list_goesOverPages() {
        for (String id : new String[] {"a", "b", "c"}) {
            create(id, JOB);
        }

        var first = rest.get("jobs?pageSize=2&pageToken=");
        var second = rest.get(
                "jobs?pageSize=2&pageToken=" + first.at("/nextPageToken").asText());

        assertThat(first.at("/jobs").size()).isEqualTo(2);
        assertThat(second.at("/jobs").size()).isEqualTo(1);
        assertThat(second.body().has("nextPageToken")).isFalse();
        assertThat(rest.get("jobs?pageToken=x").status()).isEqualTo(400);
    }

    private void create(String id, String body) {
        assertThat(rest.post("jobs?jobId=" + id, body).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
    }
}

package io.portolan.emulator.internal.gcp;

import static io.portolan.emulator.GcpRest.PARENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.GcpRest;
import io.portolan.emulator.gcp.GcpFault;
import io.portolan.emulator.gcp.GcpRequests;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GcpProtocolTest {
    private static final String JOB = "{'template':{'template':{'containers':[{'image':'app:1'}]}}}";
    private static final String INT = "$alt=json;enum-encoding=int";

    private final EmulatorClock clock = EmulatorClock.manual();
    private final CloudEmulator emulator = CloudEmulator.builder().clock(clock).start();
    private final GcpRest rest = GcpRest.of(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void enums_areNumbersForThoseWhoAskAndNamesForOthers() {
        assertThat(rest.post("jobs?jobId=a&" + INT.replace("$", "%24").replace(";", "%3B"), JOB)
                        .at("/metadata/launchStage")
                        .isInt())
                .isTrue();
        clock.advance(Duration.ofSeconds(1));

        assertThat(rest.get("jobs/a?" + INT).at("/terminalCondition/state").asInt())
                .isEqualTo(4);
        assertThat(rest.get("jobs/a").at("/terminalCondition/state").asText()).isEqualTo("CONDITION_SUCCEEDED");
        assertThat(rest.get("jobs?" + INT).at("/jobs/0/launchStage").asInt()).isEqualTo(4);
    }

    @Test
    void method_inTheHeader_countsForTheOneOfTheRequest() {
        rest.post("jobs?jobId=a", JOB);

        assertThat(rest.patch("jobs/a", JOB).status()).isEqualTo(200);
        assertThat(rest.send("PATCH", "jobs/a", JOB).status()).isEqualTo(200);
        assertThat(emulator.gcp().requests().count("run.jobs.patch")).isEqualTo(2);
    }

    @Test
    void request_thatDoesNotFitTheDiscoveryDocument_isRefusedInGooglesWords() {
        var unknown = rest.post("jobs?jobId=a", JOB.replace("'image'", "'picture':1,'image'"));
        var type = rest.post(
                "jobs?jobId=a", JOB.replace("{'template':{'template'", "{'template':{'taskCount':'x','template'"));
        var query = rest.post("jobs?job_identifier=a", JOB);
        var missing = rest.post("jobs?jobId=a", "{}");

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.at("/error/status").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(unknown.message())
                .isEqualTo("Invalid JSON payload received. Unknown name \"picture\" at"
                        + " 'job.template.template.containers[0]': Cannot find field.");
        assertThat(unknown.at("/error/details/0/fieldViolations/0/field").asText())
                .isEqualTo("job.template.template.containers[0]");
        assertThat(type.message()).isEqualTo("Invalid value at 'job.template.task_count' (TYPE_INT32), \"x\"");
        assertThat(query.message()).contains("Unknown name \"job_identifier\": Cannot bind query parameter.");
        assertThat(missing.message()).isEqualTo("job.template: must not be empty.");
        assertThat(rest.post("jobs?jobId=a", "[1]").status()).isEqualTo(400);
        assertThat(rest.get("things").status()).isEqualTo(404);
        assertThat(rest.get("jobs?pageSize=many").status()).isEqualTo(400);
    }

    @Test
    void operation_isDoneAfterAPhase_andListed() {
        String name = rest.post("jobs?jobId=a", JOB).at("/name").asText();
        assertThat(name).startsWith(PARENT + "/operations/");
        assertThat(rest.get("/v2/" + name).body().has("done")).isFalse();

        clock.advance(Duration.ofSeconds(1));

        var done = rest.post("/v2/" + name + ":wait", "{'timeout':'1s'}");
        assertThat(done.at("/done").asBoolean()).isTrue();
        assertThat(done.at("/response/@type").asText()).isEqualTo("type.googleapis.com/google.cloud.run.v2.Job");
        assertThat(rest.get("operations").at("/operations").size()).isEqualTo(1);
        assertThat(rest.get("operations/none").status()).isEqualTo(404);
    }

    @Test
    void slowOperation_takesLonger() {
        emulator.gcp().faults().slowOperations(Duration.ofMinutes(5));
        String name = rest.post("jobs?jobId=a", JOB).at("/name").asText();
        clock.advance(Duration.ofMinutes(4));
        assertThat(rest.get("/v2/" + name).body().has("done")).isFalse();

        clock.advance(Duration.ofMinutes(2));
        assertThat(rest.get("/v2/" + name).at("/done").asBoolean()).isTrue();
    }

    @Test
    void faults_beforeTheEffect_leaveNothing() {
        emulator.gcp()
                .faults()
                .next("run.jobs.create", GcpFault.unavailable())
                .next("run.jobs.create", GcpFault.internal())
                .next("run.jobs.create", GcpFault.rateLimited("WritePerMinutePerProjectRegion"))
                .next("run.jobs.create", GcpFault.reset());

        assertThat(rest.post("jobs?jobId=a", JOB).status()).isEqualTo(503);
        assertThat(rest.post("jobs?jobId=a", JOB).status()).isEqualTo(500);
        var limited = rest.post("jobs?jobId=a", JOB);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.at("/error/status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(limited.at("/error/details/0/reason").asText()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(limited.at("/error/details/0/metadata/quota_limit").asText())
                .isEqualTo("WritePerMinutePerProjectRegion");
        assertThatThrownBy(() -> rest.post("jobs?jobId=a", JOB)).isInstanceOf(UncheckedIOException.class);
        assertThat(rest.get("jobs/a").status()).isEqualTo(404);
    }

    @Test
    void faults_afterTheEffect_loseTheAnswerOnly() {
        emulator.gcp()
                .faults()
                .next("run.jobs.create", GcpFault.unavailableAfterEffect())
                .next("run.jobs.create", GcpFault.lostResponse());

        assertThat(rest.post("jobs?jobId=a", JOB).status()).isEqualTo(503);
        assertThatThrownBy(() -> rest.post("jobs?jobId=b", JOB)).isInstanceOf(UncheckedIOException.class);

        assertThat(rest.get("jobs/a").status()).isEqualTo(200);
        assertThat(rest.get("jobs/b").status()).isEqualTo(200);
    }

    @Test
    void faults_ofEveryNthCallAndAtRandom_comeAsOften() {
        emulator.gcp().faults().every("run.jobs.get", 3, GcpFault.unavailable());
        for (int i = 0; i < 6; i++) {
            assertThat(rest.get("jobs/a").status()).isEqualTo(i % 3 == 2 ? 503 : 404);
        }
        emulator.gcp().faults().clear();

        emulator.gcp()
                .faults()
                .random(7, 1, Set.of("run.jobs.list"), GcpFault.permissionDenied("run.jobs.list", PARENT));
        assertThat(rest.get("jobs").at("/error/details/0/metadata/permission").asText())
                .isEqualTo("run.jobs.list");
        assertThat(rest.get("jobs/a").status()).isEqualTo(404);
    }

    @Test
    void requests_areKeptWithTheirParameters() {
        rest.post("jobs?jobId=a", JOB);

        GcpRequests.Request request =
                emulator.gcp().requests().of("run.jobs.create").get(0);
        assertThat(request.parameters()).containsEntry("jobId", "a").containsEntry("parent", PARENT);
        assertThat(request.body()).isEqualTo(GcpRest.json(JOB));
        assertThat(emulator.gcp().requests().counts()).containsEntry("run.jobs.create", 1);
    }
}

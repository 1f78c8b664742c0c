package io.portolan.emulator.internal.gcp.run.service;

import static io.portolan.emulator.internal.gcp.run.service.GcpServices.shortName;
import static io.portolan.emulator.internal.gcp.run.service.GcpServices.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.gcp.RevisionFailure;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevisionFailureTest {
    private static final String WORDS =
            "The user-provided container failed to start and listen on the port defined provided"
                    + " by the PORT=8080 environment variable within the allocated timeout.";

    private final GcpServices gcp = new GcpServices();

    @AfterEach
    void close() {
        gcp.close();
    }

    @Test
    void newRevision_thatEnds_leavesTheOldOneServing() {
        gcp.create(template("web:1"));
        String old = gcp.revisions().get(0);

        JsonNode operation = gcp.patch("template", template("bad:2"));

        String bad = gcp.revisions().get(0);
        assertThat(operation.at("/error/code").asInt()).isEqualTo(9);
        assertThat(operation.at("/error/message").asText())
                .startsWith("Revision '" + bad + "' is not ready and cannot serve traffic. " + WORDS);
        JsonNode service = gcp.service();
        assertThat(service.at("/terminalCondition/state").asText()).isEqualTo("CONDITION_FAILED");
        assertThat(service.at("/terminalCondition/revisionReason").asText()).isEqualTo("HEALTH_CHECK_CONTAINER_ERROR");
        assertThat(shortName(service.path("latestCreatedRevision"))).isEqualTo(bad);
        assertThat(shortName(service.path("latestReadyRevision"))).isEqualTo(old);
        JsonNode revision = gcp.revision(bad);
        assertThat(revision.at("/conditions/0/state").asText()).isEqualTo("CONDITION_FAILED");
        assertThat(revision.at("/conditions/0/message").asText()).startsWith(WORDS);
    }

    @Test
    void firstRevision_thatFails_leavesNoneReady() {
        gcp.create(template("bad:1"));

        assertThat(gcp.service().has("latestReadyRevision")).isFalse();
        assertThat(gcp.service().path("observedGeneration").asText()).isEqualTo("1");
    }

    @Test
    void image_thatIsMissing_isNamed() {
        JsonNode operation = gcp.create(template("missing:1"));

        assertThat(operation.at("/error/code").asInt()).isEqualTo(5);
        assertThat(gcp.service().at("/terminalCondition/reason").asText()).isEqualTo("CONTAINER_MISSING");
        assertThat(gcp.service().at("/terminalCondition/message").asText()).endsWith("Image 'missing:1' not found.");
    }

    @Test
    void container_thatDoesNotListen_failsWhenItsTimeIsOver() {
        gcp.unhealthy.add("web:1");
        gcp.create(template("web:1"));
        assertThat(gcp.service().path("reconciling").asBoolean()).isTrue();

        gcp.clock.advance(Duration.ofSeconds(220));

        assertThat(gcp.service().at("/terminalCondition/revisionReason").asText())
                .isEqualTo("HEALTH_CHECK_CONTAINER_ERROR");
    }

    @Test
    void slowStart_inTime_isReady() {
        gcp.unhealthy.add("web:1");
        gcp.create(template("web:1"));

        gcp.unhealthy.clear();
        gcp.clock.advance(Duration.ofSeconds(2));

        assertThat(gcp.service().at("/terminalCondition/state").asText()).isEqualTo("CONDITION_SUCCEEDED");
    }

    @Test
    void scriptedFailure_isTold() {
        gcp.emulator
                .gcp()
                .faults()
                .nextRevision(new RevisionFailure(
                        "",
                        "CONTAINER_MISSING",
                        "Container manifest type 'application/vnd.oci.image.index.v1+json' must support amd64/linux."));

        gcp.create(template("web:1"));

        assertThat(gcp.service().at("/terminalCondition/message").asText()).endsWith("must support amd64/linux.");
        assertThat(gcp.started).isEmpty();
    }

    @Test
    void goodRevision_afterABadOne_heals() {
        gcp.create(template("bad:1"));

        JsonNode operation = gcp.patch("template", template("web:2"));

        assertThat(operation.has("response")).isTrue();
        assertThat(gcp.service().at("/terminalCondition/state").asText()).isEqualTo("CONDITION_SUCCEEDED");
    }

    @Test
    void rollbackByTraffic_afterABadRevision_succeeds() {
        gcp.create(template("web:1"));
        String old = gcp.revisions().get(0);
        gcp.patch("template", template("bad:2"));

        JsonNode operation = gcp.patch(
                "traffic",
                "'traffic':[{'type':'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION','revision':'" + old
                        + "','percent':100}]");

        assertThat(operation.has("response")).isTrue();
        assertThat(gcp.revisions()).hasSize(2);
        assertThat(gcp.service().at("/terminalCondition/state").asText()).isEqualTo("CONDITION_SUCCEEDED");
    }

    @Test
    void liveness_thatFails_replacesTheContainer() {
        gcp.create(
                "'template':{'containers':[{'image':'web:1','livenessProbe':{'httpGet':{'path':'/'},'periodSeconds':5,"
                        + "'failureThreshold':2}}]}");
        assertThat(gcp.started).hasSize(1);
        gcp.unhealthy.add("web:1");
        gcp.clock.advance(Duration.ofSeconds(11));
        gcp.unhealthy.clear();

        gcp.clock.advance(Duration.ofSeconds(5));

        assertThat(gcp.started).hasSize(2);
        assertThat(gcp.service().at("/terminalCondition/state").asText()).isEqualTo("CONDITION_SUCCEEDED");
    }

    @Test
    void container_thatEndsLater_isReplaced() {
        gcp.create(template("crashing:1"));

        gcp.clock.advance(Duration.ofSeconds(40));

        assertThat(gcp.started).hasSizeBetween(2, 3);
        assertThat(gcp.service().at("/terminalCondition/state").asText()).isEqualTo("CONDITION_SUCCEEDED");
    }

    @Test
    void reservedNames_areRefused() {
        var answer = gcp.rest.post(
                "services?serviceId=web",
                "{'template':{'containers':[{'image':'web:1','env':[{'name':'PORT','value':'1'},{'name':'K_SERVICE'}]}]}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("The following reserved env names were provided: K_SERVICE, PORT");
    }

    @Test
    void probe_whoseTimeoutIsLongerThanItsPeriod_isRefused() {
        var answer = gcp.rest.post(
                "services?serviceId=web",
                "{'template':{'containers':[{'image':'web:1','livenessProbe':{'httpGet':{},'timeoutSeconds':11}}]}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("liveness_probe.timeout_seconds");
    }
}

package io.portolan.emulator.internal.gcp.run.service;

import static io.portolan.emulator.internal.gcp.run.service.GcpServices.shortName;
import static io.portolan.emulator.internal.gcp.run.service.GcpServices.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.GcpRest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceLifeTest {
    private final GcpServices gcp = new GcpServices();

    @AfterEach
    void close() {
        gcp.close();
    }

    @Test
    void create_isReconcilingUntilARevisionIsReady() {
        GcpRest.Answer answer = gcp.rest.post("services?serviceId=web", "{" + template("web:1") + "}");

        assertThat(answer.at("/done").isMissingNode()).isTrue();
        assertThat(gcp.service().path("reconciling").asBoolean()).isTrue();
        assertThat(gcp.service().at("/terminalCondition/state").asText()).isEqualTo("CONDITION_RECONCILING");

        JsonNode operation = gcp.settled(answer);

        assertThat(operation.path("done").asBoolean()).isTrue();
        assertThat(operation.at("/response/terminalCondition/state").asText()).isEqualTo("CONDITION_SUCCEEDED");
        JsonNode service = gcp.service();
        assertThat(service.has("reconciling")).isFalse();
        assertThat(service.path("generation").asText()).isEqualTo("1");
        assertThat(service.path("observedGeneration").asText()).isEqualTo("1");
        assertThat(shortName(service.path("latestReadyRevision"))).matches("web-00001-[a-z0-9]{3}");
        assertThat(service.path("latestCreatedRevision")).isEqualTo(service.path("latestReadyRevision"));
        assertThat(service.path("uri").asText()).startsWith("http://127.0.0.1:");
        assertThat(service.at("/trafficStatuses/0/percent").asInt()).isEqualTo(100);
    }

    @Test
    void create_fillsInWhatWasLeftOut() {
        gcp.create(template("web:1"));

        JsonNode service = gcp.service();
        assertThat(service.path("ingress").asText()).isEqualTo("INGRESS_TRAFFIC_ALL");
        JsonNode template = service.path("template");
        assertThat(template.path("maxInstanceRequestConcurrency").asInt()).isEqualTo(80);
        assertThat(template.path("timeout").asText()).isEqualTo("300s");
        JsonNode container = template.at("/containers/0");
        assertThat(container.at("/resources/limits/cpu").asText()).isEqualTo("1000m");
        assertThat(container.at("/resources/cpuIdle").asBoolean()).isTrue();
        assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(8080);
        assertThat(container.at("/startupProbe/timeoutSeconds").asInt()).isEqualTo(240);
        assertThat(container.at("/startupProbe/tcpSocket/port").asInt()).isEqualTo(8080);
    }

    @Test
    void resourcesThatAreGiven_leaveTheCpuAllocated() {
        gcp.create("'template':{'containers':[{'image':'web:1','resources':{'limits':{'memory':'1Gi'}}}]}");

        JsonNode resources = gcp.service().at("/template/containers/0/resources");
        assertThat(resources.has("cpuIdle")).isFalse();
        assertThat(resources.at("/limits/cpu").asText()).isEqualTo("1000m");
    }

    @Test
    void containers_getWhatThePlatformTellsThem() {
        gcp.create("'template':{'containers':[{'image':'web:1','ports':[{'containerPort':9000}],"
                + "'env':[{'name':'A','value':'b'}]}]}");

        assertThat(gcp.started).hasSize(1);
        assertThat(gcp.started.get(0).environment())
                .containsEntry("PORT", "9000")
                .containsEntry("K_SERVICE", "web")
                .containsEntry("K_CONFIGURATION", "web")
                .containsEntry("K_REVISION", gcp.revisions().get(0))
                .containsEntry("A", "b");
    }

    @Test
    void secret_thatIsThere_isInTheEnvironment() {
        gcp.emulator.gcp().secret("db", "s3cret");

        gcp.create("'template':{'containers':[{'image':'web:1','env':[{'name':'DB','valueSource':{'secretKeyRef':"
                + "{'secret':'db','version':'latest'}}}]}]}");

        assertThat(gcp.started.get(0).environment()).containsEntry("DB", "s3cret");
    }

    @Test
    void secret_thatIsMissing_failsTheRevision() {
        JsonNode operation = gcp.create(
                "'template':{'containers':[{'image':'web:1','env':[{'name':'DB','valueSource':{'secretKeyRef':"
                        + "{'secret':'db','version':'latest'}}}]}]}");

        assertThat(operation.has("error")).isTrue();
        assertThat(gcp.service().at("/terminalCondition/reason").asText()).isEqualTo("SECRETS_ACCESS_CHECK_FAILED");
    }

    @Test
    void changedTemplate_makesARevision() {
        gcp.create(template("web:1"));

        gcp.patch("template", template("web:2"));

        assertThat(gcp.revisions()).hasSize(2);
        assertThat(gcp.revisions().get(0)).startsWith("web-00002-");
        assertThat(shortName(gcp.service().path("latestReadyRevision")))
                .isEqualTo(gcp.revisions().get(0));
        JsonNode retired = gcp.revision(gcp.revisions().get(1));
        assertThat(retired.at("/conditions/3/type").asText()).isEqualTo("Active");
        assertThat(retired.at("/conditions/3/revisionReason").asText()).isEqualTo("RETIRED");
    }

    @Test
    void updateOfLabelsOnly_makesNone() {
        gcp.create(template("web:1"));

        gcp.patch("labels", "'labels':{'team':'sea'}");
        gcp.patch("", "'labels':{'team':'lake'}," + template("web:1"));

        assertThat(gcp.revisions()).hasSize(1);
        assertThat(gcp.service().at("/labels/team").asText()).isEqualTo("lake");
        assertThat(gcp.service().path("generation").asText()).isEqualTo("3");
    }

    @Test
    void mask_changesOnlyWhatItNames_andClearsWhatIsLeftOut() {
        gcp.create("'description':'one','labels':{'a':'b'},'invokerIamDisabled':true," + template("web:1"));

        gcp.patch("description,invoker_iam_disabled", "'description':'two','labels':{}");

        JsonNode service = gcp.service();
        assertThat(service.path("description").asText()).isEqualTo("two");
        assertThat(service.at("/labels/a").asText()).isEqualTo("b");
        assertThat(service.has("invokerIamDisabled")).isFalse();
        assertThat(gcp.rest.patch("services/web?updateMask=nonsense", "{}").status())
                .isEqualTo(400);
    }

    @Test
    void updateWithoutMask_replacesAll() {
        gcp.create("'description':'one'," + template("web:1"));

        gcp.patch("", template("web:1"));

        assertThat(gcp.service().has("description")).isFalse();
    }

    @Test
    void staleEtag_isAborted() {
        gcp.create(template("web:1"));
        String stale = gcp.service().path("etag").asText().replace("\"", "\\\"");
        gcp.patch("labels", "'labels':{'team':'sea'}");

        GcpRest.Answer answer =
                gcp.rest.patch("services/web?updateMask=labels", "{'etag':'" + stale + "','labels':{}}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.at("/error/status").asText()).isEqualTo("ABORTED");
    }

    @Test
    void validateOnly_changesNothing() {
        GcpRest.Answer created =
                gcp.rest.post("services?serviceId=web&validateOnly=true", "{" + template("web:1") + "}");

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.at("/response/template/timeout").asText()).isEqualTo("300s");
        assertThat(gcp.rest.get("services/web").status()).isEqualTo(404);

        gcp.create(template("web:1"));
        gcp.rest.patch("services/web?validateOnly=true&updateMask=template", "{" + template("web:2") + "}");
        gcp.rest.delete("services/web?validateOnly=true");
        gcp.clock.advance(Duration.ofSeconds(5));

        assertThat(gcp.revisions()).hasSize(1);
    }

    @Test
    void delete_endsTheContainersAndThenTheService() {
        gcp.create(template("web:1"));

        JsonNode operation = gcp.settled(gcp.rest.delete("services/web"));

        assertThat(operation.path("done").asBoolean()).isTrue();
        assertThat(operation.at("/response/name").asText()).endsWith("/services/web");
        GcpRest.Answer gone = gcp.rest.get("services/web");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.message()).isEqualTo("service \"" + GcpRest.PARENT + "/services/web\" not found");
        gcp.create(template("web:1"));
        assertThat(gcp.revisions()).hasSize(1);
    }

    @Test
    void list_hasTheServicesOfTheRegion() {
        gcp.create(template("web:1"));
        gcp.settled(gcp.rest.post("services?serviceId=other", "{" + template("web:1") + "}"));

        JsonNode first = gcp.rest.get("services?pageSize=1").body();

        assertThat(shortName(first.at("/services/0/name"))).isEqualTo("other");
        JsonNode second = gcp.rest
                .get("services?pageSize=1&pageToken="
                        + first.path("nextPageToken").asText())
                .body();
        assertThat(shortName(second.at("/services/0/name"))).isEqualTo("web");
        assertThat(second.has("nextPageToken")).isFalse();
    }

    @Test
    void create_again_isRefused() {
        gcp.create(template("web:1"));

        GcpRest.Answer again = gcp.rest.post("services?serviceId=web", "{" + template("web:1") + "}");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("/error/status").asText()).isEqualTo("ALREADY_EXISTS");
    }

    @Test
    void revisionOfAGivenName_isNotUsedTwice() {
        gcp.create("'template':{'revision':'web-blue','containers':[{'image':'web:1'}]}");

        GcpRest.Answer again = gcp.rest.patch(
                "services/web?updateMask=template",
                "{'template':{'revision':'web-blue','containers':[{'image':'web:2'}]}}");

        assertThat(gcp.revisions()).containsExactly("web-blue");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.message()).isEqualTo("Revision named 'web-blue' with different configuration already exists.");
    }

    @Test
    void revision_thatServes_isNotDeleted_andAnOldOneIs() {
        gcp.create(template("web:1"));
        gcp.patch("template", template("web:2"));
        String old = gcp.revisions().get(1);

        assertThat(gcp.rest
                        .delete("services/web/revisions/" + gcp.revisions().get(0))
                        .status())
                .isEqualTo(400);
        assertThat(gcp.settled(gcp.rest.delete("services/web/revisions/" + old))
                        .path("done")
                        .asBoolean())
                .isTrue();
        assertThat(gcp.revisions()).hasSize(1);
    }

    @Test
    void operation_canBeSlow() {
        gcp.emulator.gcp().faults().slowOperations(Duration.ofMinutes(5));

        JsonNode operation = gcp.create(template("web:1"));

        assertThat(operation.path("done").asBoolean()).isFalse();
        assertThat(gcp.service().at("/terminalCondition/state").asText()).isEqualTo("CONDITION_SUCCEEDED");
    }
}

package io.portolan.emulator.internal.gcp.run.service;

import static io.portolan.emulator.internal.gcp.run.service.GcpServices.template;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScalingTest {
    private final GcpServices gcp = new GcpServices();

    @AfterEach
    void close() {
        gcp.close();
    }

    private int count() {
        return gcp.revision(gcp.revisions().get(0))
                .at("/scalingStatus/desiredMinInstanceCount")
                .asInt();
    }

    @Test
    void service_withoutMinimum_hasOneContainer() {
        gcp.create(template("web:1"));

        assertThat(gcp.started).hasSize(1);
    }

    @Test
    void minimumOfTheRevision_startsAsMany() {
        gcp.create("'template':{'scaling':{'minInstanceCount':3},'containers':[{'image':'web:1'}]}");

        assertThat(gcp.started).hasSize(3);
    }

    @Test
    void minimumOfTheService_changesWithoutARevision() {
        gcp.create(template("web:1"));

        gcp.patch("scaling", "'scaling':{'minInstanceCount':2}");

        assertThat(gcp.started).hasSize(2);
        assertThat(gcp.revisions()).hasSize(1);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void manualCount_isKept() {
        gcp.create("'scaling':{'scalingMode':'MANUAL','manualInstanceCount':2}," + template("web:1"));
        assertThat(gcp.started).hasSize(2);

        gcp.patch("scaling", "'scaling':{'scalingMode':'MANUAL','manualInstanceCount':1}");

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void manualCountOfZero_stopsTheService() {
        gcp.create(template("web:1"));

        gcp.patch("scaling", "'scaling':{'scalingMode':'MANUAL','manualInstanceCount':0}");

        assertThat(count()).isZero();
        assertThat(gcp.service().at("/terminalCondition/state").asText()).isEqualTo("CONDITION_SUCCEEDED");
    }

    @Test
    void newRevision_ofAStoppedService_isNotChecked() {
        gcp.create("'scaling':{'scalingMode':'MANUAL','manualInstanceCount':0}," + template("bad:1"));

        assertThat(gcp.started).isEmpty();
        assertThat(gcp.revision(gcp.revisions().get(0))
                        .at("/conditions/2/revisionReason")
                        .asText())
                .isEqualTo("HEALTH_CHECK_SKIPPED");
    }

    @Test
    void sidecar_startsBeforeWhoDependsOnIt() {
        gcp.create("'template':{'containers':[{'name':'main','image':'web:1','ports':[{'containerPort':8080}],"
                + "'dependsOn':['proxy']},{'name':'proxy','image':'proxy:1'}]}");

        assertThat(gcp.started).extracting(container -> container.name()).containsExactly("proxy", "main");
        assertThat(gcp.started.get(0).environment()).doesNotContainKey("PORT");
    }
}

package io.portolan.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.run.v2.ExecutionTemplate;
import io.portolan.gcp.option.CpuAllocation;
import io.portolan.gcp.option.ExecutionEnvironment;
import io.portolan.gcp.option.Ingress;
import io.portolan.gcp.option.PublicAccess;
import io.portolan.gcp.option.VpcEgress;
import io.portolan.id.ProviderId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GcpOptionsTest {
    @Test
    void settings_areTheWordsOfSpecFiles() {
        GcpOptions options = GcpOptions.NONE
                .serviceAccount("a@p")
                .network("n")
                .subnetwork("s")
                .networkTags("t1", "t2")
                .vpcConnector("c")
                .vpcEgress(VpcEgress.ALL_TRAFFIC)
                .publicAccess(PublicAccess.ALL_USERS)
                .invokerCheck(true)
                .ingress(Ingress.INTERNAL)
                .concurrency(10)
                .requestTimeout(Duration.ofMinutes(2))
                .cpuAllocation(CpuAllocation.REQUESTS)
                .startupCpuBoost(true)
                .sessionAffinity(true)
                .http2(true)
                .readinessProbe(false)
                .executionEnvironment(ExecutionEnvironment.GEN2)
                .manualScaling(false)
                .gpuZonalRedundancy(true)
                .cloudSqlInstances("p:r:i")
                .encryptionKey("k");

        assertThat(options.provider()).isEqualTo(ProviderId.GCP);
        assertThat(options.settings())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("serviceAccount", "a@p"),
                        Map.entry("network", "n"),
                        Map.entry("subnetwork", "s"),
                        Map.entry("networkTags", "t1,t2"),
                        Map.entry("vpcConnector", "c"),
                        Map.entry("vpcEgress", "ALL_TRAFFIC"),
                        Map.entry("publicAccess", "ALL_USERS"),
                        Map.entry("invokerCheck", "true"),
                        Map.entry("ingress", "INTERNAL"),
                        Map.entry("concurrency", "10"),
                        Map.entry("requestTimeout", "120"),
                        Map.entry("cpuAllocation", "REQUESTS"),
                        Map.entry("startupCpuBoost", "true"),
                        Map.entry("sessionAffinity", "true"),
                        Map.entry("http2", "true"),
                        Map.entry("readinessProbe", "false"),
                        Map.entry("executionEnvironment", "GEN2"),
                        Map.entry("manualScaling", "false"),
                        Map.entry("gpuZonalRedundancy", "true"),
                        Map.entry("cloudSqlInstances", "p:r:i"),
                        Map.entry("encryptionKey", "k")));
    }

    @Test
    void patches_typed_becomeTheJsonOfTheResources() {
        GcpOptions options = GcpOptions.NONE
                .job(j -> j.setTemplate(ExecutionTemplate.newBuilder().putLabels("a", "b")))
                .service(s -> s.setDescription("shop").addCustomAudiences("x"));

        assertThat(options.settings())
                .containsEntry("patch.Job", "{\"template\":{\"labels\":{\"a\":\"b\"}}}")
                .containsEntry("patch.Service", "{\"description\":\"shop\",\"customAudiences\":[\"x\"]}");
    }

    @Test
    void setters_leaveTheOriginalAsItIs() {
        GcpOptions before = GcpOptions.NONE.network("a");

        before.network("b");

        assertThat(before.settings()).containsOnly(Map.entry("network", "a"));
        assertThat(GcpOptions.NONE.settings()).isEmpty();
        assertThatThrownBy(() -> before.settings().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equals_sameSettingsInAnyOrder_areEqual() {
        GcpOptions one = GcpOptions.NONE.network("a").http2(true);
        GcpOptions other = GcpOptions.NONE.http2(true).network("a");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(GcpOptions.NONE.network("a"));
        assertThat(one).isNotEqualTo("text");
    }

    @Test
    void toString_showsNamesOnly() {
        GcpOptions options = GcpOptions.NONE.serviceAccount("hidden").job(j -> j.putLabels("hidden", "x"));

        assertThat(options).hasToString("GcpOptions[patch.Job, serviceAccount]");
    }
}

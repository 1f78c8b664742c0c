package io.portolan.gcp.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.ExecutionTemplate;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TaskTemplate;
import com.google.protobuf.Duration;
import org.junit.jupiter.api.Test;

class NativeJsonTest {
    private static Job job() {
        return Job.newBuilder()
                .putLabels("b", "2")
                .putLabels("a", "1")
                .setTemplate(ExecutionTemplate.newBuilder()
                        .setTaskCount(2)
                        .setTemplate(TaskTemplate.newBuilder()
                                .setMaxRetries(0)
                                .setTimeout(Duration.newBuilder().setSeconds(60))
                                .addContainers(Container.newBuilder()
                                        .setName("main")
                                        .addArgs("a")
                                        .addArgs("b")
                                        .addEnv(EnvVar.newBuilder().setName("X").setValue("1")))))
                .build();
    }

    @Test
    void render_message_isTheJsonOfTheRestApi() {
        assertThat(NativeJson.render(job()))
                .hasToString("{\"labels\":{\"a\":\"1\",\"b\":\"2\"},\"template\":{\"taskCount\":2,\"template\":"
                        + "{\"containers\":[{\"name\":\"main\",\"args\":[\"a\",\"b\"],\"env\":[{\"name\":\"X\",\"value\":\"1\"}]}],"
                        + "\"maxRetries\":0,\"timeout\":\"60s\"}}}");
        assertThat(NativeJson.render(Service.newBuilder().setIngress(IngressTraffic.INGRESS_TRAFFIC_ALL)))
                .hasToString("{\"ingress\":\"INGRESS_TRAFFIC_ALL\"}");
    }

    @Test
    void patched_nothing_isTheSame() {
        assertThat(NativeJson.patched(job(), NativeJson.object("{}"))).isEqualTo(job());
    }

    @Test
    void patched_objectsAndElements_areMerged_andTheRestIsReplaced() {
        ObjectNode patch = NativeJson.object("{\"labels\":{\"c\":\"3\"},\"template\":{\"template\":{\"containers\":"
                + "[{\"args\":[\"c\"]},{\"name\":\"side\",\"image\":\"side:1\"}],\"timeout\":null}}}");

        Job patched = NativeJson.patched(job(), patch);

        assertThat(patched.getLabelsMap()).containsOnlyKeys("a", "b", "c");
        TaskTemplate task = patched.getTemplate().getTemplate();
        assertThat(task.getContainersList()).extracting(Container::getName).containsExactly("main", "side");
        assertThat(task.getContainers(0).getArgsList()).containsExactly("c");
        assertThat(task.getContainers(0).getEnvCount()).isEqualTo(1);
        assertThat(task.hasTimeout()).isFalse();
    }

    @Test
    void patched_unknownMember_isRefusedByItsName() {
        ObjectNode patch = NativeJson.object("{\"template\":{\"taskcount\":3}}");

        assertThatThrownBy(() -> NativeJson.patched(job(), patch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit Job")
                .hasMessageContaining("taskcount");
    }

    @Test
    void patched_memberOfAnotherType_isRefused() {
        ObjectNode patch = NativeJson.object("{\"template\":[]}");

        assertThatThrownBy(() -> NativeJson.patched(job(), patch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit Job");
    }

    @Test
    void object_noJson_isRefused() {
        assertThatThrownBy(() -> NativeJson.object("[1]")).hasMessageContaining("must be a JSON object");
        assertThatThrownBy(() -> NativeJson.object("{")).hasMessageContaining("no JSON");
    }
}

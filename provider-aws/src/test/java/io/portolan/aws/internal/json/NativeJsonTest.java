package io.portolan.aws.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

class NativeJsonTest {
    private static RegisterTaskDefinitionRequest.Builder definition() {
        return RegisterTaskDefinitionRequest.builder()
                .family("etl")
                .requiresCompatibilities(Compatibility.FARGATE)
                .containerDefinitions(ContainerDefinition.builder()
                        .name("main")
                        .image("etl:1")
                        .command("a", "b")
                        .logConfiguration(l -> l.logDriver(LogDriver.AWSLOGS).options(Map.of("mode", "blocking")))
                        .build());
    }

    @Test
    void render_request_isTheJsonOfTheWire() {
        ObjectNode json = NativeJson.render(definition().build());

        assertThat(json)
                .hasToString("{\"family\":\"etl\",\"containerDefinitions\":[{\"name\":\"main\",\"image\":\"etl:1\","
                        + "\"command\":[\"a\",\"b\"],\"logConfiguration\":{\"logDriver\":\"awslogs\","
                        + "\"options\":{\"mode\":\"blocking\"}}}],\"requiresCompatibilities\":[\"FARGATE\"]}");
    }

    @Test
    void render_clientToken_isThereOnlyIfItWasSet() {
        RunTaskRequest.Builder request = RunTaskRequest.builder().cluster("c");

        assertThat(NativeJson.render(request.build())).hasToString("{\"cluster\":\"c\"}");
        assertThat(NativeJson.render(request.clientToken("t").build()))
                .hasToString("{\"cluster\":\"c\",\"clientToken\":\"t\"}");
    }

    @Test
    void patched_objectsAndElements_areMerged_andTheRestIsReplaced() {
        ObjectNode patch = NativeJson.object(
                "{\"pidMode\":\"task\",\"containerDefinitions\":[{\"command\":[\"c\"],"
                        + "\"logConfiguration\":{\"options\":{\"max-buffer-size\":\"4m\"}}},{\"name\":\"side\",\"image\":\"side:1\"}]}");

        RegisterTaskDefinitionRequest patched = NativeJson.patched(definition().build(), patch);

        assertThat(patched.family()).isEqualTo("etl");
        assertThat(patched.pidModeAsString()).isEqualTo("task");
        assertThat(patched.containerDefinitions())
                .extracting(ContainerDefinition::name)
                .containsExactly("main", "side");
        assertThat(patched.containerDefinitions().get(0).command()).containsExactly("c");
        assertThat(patched.containerDefinitions().get(0).logConfiguration().options())
                .containsExactlyInAnyOrderEntriesOf(Map.of("mode", "blocking", "max-buffer-size", "4m"));
    }

    @Test
    void patched_unknownMember_isRefusedByItsPath() {
        ObjectNode patch = NativeJson.object("{\"containerDefinitions\":[{\"comand\":[\"c\"]}]}");

        assertThatThrownBy(() -> NativeJson.patched(definition().build(), patch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("containerDefinitions[0].comand");
    }

    @Test
    void patched_memberOfAnotherType_isRefusedByItsPath() {
        ObjectNode patch = NativeJson.object("{\"containerDefinitions\":{\"name\":\"x\"}}");

        assertThatThrownBy(() -> NativeJson.patched(definition().build(), patch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'containerDefinitions' must be a LIST");
    }

    @Test
    void object_noJson_isRefused() {
        assertThatThrownBy(() -> NativeJson.object("[1]")).hasMessageContaining("must be a JSON object");
        assertThatThrownBy(() -> NativeJson.object("{")).hasMessageContaining("no JSON");
    }
}

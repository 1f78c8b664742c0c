package io.portolan.aws.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.aws.AwsOptions;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.aws.internal.json.NativeJson;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptLaunch;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

class RunTaskMapperTest {
    @Test
    void of_anAttempt_saysWhoItIsAndWhereItRuns() {
        RunTaskRequest request = request(Launches.job().build());

        assertThat(request.cluster()).isEqualTo("batch");
        assertThat(request.count()).isEqualTo(1);
        assertThat(request.taskDefinition()).isEqualTo("arn:definition:1");
        assertThat(request.launchType()).isEqualTo(LaunchType.FARGATE);
        assertThat(request.clientToken()).isEqualTo(AttemptIdentity.clientToken("shop", "n", Launches.key(2, 1)));
        assertThat(request.startedBy()).isEqualTo(AttemptIdentity.startedBy("shop", "n", Launches.ID));
        assertThat(request.networkConfiguration().awsvpcConfiguration().subnets())
                .containsExactly("subnet-1");
        assertThat(request.enableExecuteCommand()).isNull();
        assertThat(environment(request))
                .containsAllEntriesOf(Launches.launch(2, 1).environment());
        assertThat(Labels.of(request.tags()))
                .containsEntry(Labels.EXECUTION, "nightly-1")
                .containsEntry(Labels.TASK, "2")
                .containsEntry(Labels.ATTEMPT, "1")
                .containsEntry(Labels.APPLICATION, "shop");
    }

    @Test
    void of_anAttemptWithOptions_hasThem() {
        RunTaskRequest request = request(Launches.job()
                .options(AwsOptions.NONE.executeCommand(true).capacity("FARGATE_SPOT"))
                .build());

        assertThat(request.enableExecuteCommand()).isTrue();
        assertThat(request.launchType()).isNull();
        assertThat(request.capacityProviderStrategy().get(0).capacityProvider()).isEqualTo("FARGATE_SPOT");
    }

    @Test
    void of_aPatch_isLaidOverButKeepsTheIdentity() {
        RunTaskRequest request = request(Launches.job()
                .options(AwsOptions.NONE.runTask(r -> r.count(7)
                        .clientToken("mine")
                        .startedBy("me")
                        .referenceId("ref")
                        .enableECSManagedTags(true)
                        .overrides(o -> o.containerOverrides(ContainerOverride.builder()
                                .environment(
                                        KeyValuePair.builder()
                                                .name("A")
                                                .value("a")
                                                .build(),
                                        KeyValuePair.builder()
                                                .name("B")
                                                .value("b")
                                                .build(),
                                        KeyValuePair.builder()
                                                .name("C")
                                                .value("c")
                                                .build(),
                                        KeyValuePair.builder()
                                                .name("D")
                                                .value("d")
                                                .build(),
                                        KeyValuePair.builder()
                                                .name("E")
                                                .value("e")
                                                .build(),
                                        KeyValuePair.builder()
                                                .name("F")
                                                .value("f")
                                                .build())
                                .build()))))
                .build());

        assertThat(request.referenceId()).isEqualTo("ref");
        assertThat(request.enableECSManagedTags()).isTrue();
        assertThat(request.count()).isEqualTo(1);
        assertThat(request.clientToken()).startsWith("nightly-1-2-1-");
        assertThat(request.startedBy()).startsWith("portolan/");
        assertThat(environment(request))
                .containsEntry("A", "a")
                .containsEntry("CLOUD_RUN_EXECUTION", "nightly-1")
                .containsEntry("CLOUD_RUN_TASK_INDEX", "2")
                .containsEntry("CLOUD_RUN_TASK_ATTEMPT", "1");
    }

    @Test
    void of_aPlan_isTheRequestWithoutARecord() {
        RunTaskRequest request = RunTaskMapper.of(Launches.launch(0, 0), "family", AwsSettings.of(Launches.CONFIG));

        assertThat(NativeJson.render(request).get("cluster").asText()).isEqualTo("batch");
    }

    private static RunTaskRequest request(JobSpec spec) {
        return RunTaskMapper.of(
                new AttemptLaunch(Launches.key(2, 1), spec),
                "arn:definition:1",
                AwsSettings.of(Launches.CONFIG, spec),
                "n");
    }

    private static Map<String, String> environment(RunTaskRequest request) {
        ContainerOverride main = request.overrides().containerOverrides().get(0);
        assertThat(main.name()).isEqualTo("Main");
        return main.environment().stream().collect(Collectors.toMap(KeyValuePair::name, KeyValuePair::value));
    }
}

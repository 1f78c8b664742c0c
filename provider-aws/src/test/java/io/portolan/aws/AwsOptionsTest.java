package io.portolan.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.aws.option.DeploymentStrategy;
import io.portolan.aws.option.ScalingMetric;
import io.portolan.id.ProviderId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.PropagateTags;

class AwsOptionsTest {
    @Test
    void settings_areTheWordsOfSpecFiles() {
        AwsOptions options = AwsOptions.NONE
                .capacity("FARGATE_SPOT")
                .taskRole("arn:task")
                .executionRole("arn:execution")
                .subnets("subnet-1", "subnet-2")
                .securityGroups("sg-1")
                .assignPublicIp(true)
                .deploymentStrategy(DeploymentStrategy.CANARY)
                .scaling(ScalingMetric.REQUESTS, 100)
                .instanceTypes("g5.xlarge", "g5.2xlarge")
                .platformVersion("1.4.0")
                .serverTimeout(true)
                .executeCommand(true);

        assertThat(options.provider()).isEqualTo(ProviderId.AWS);
        assertThat(options.settings())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("capacity", "FARGATE_SPOT"),
                        Map.entry("taskRole", "arn:task"),
                        Map.entry("executionRole", "arn:execution"),
                        Map.entry("subnets", "subnet-1,subnet-2"),
                        Map.entry("securityGroups", "sg-1"),
                        Map.entry("assignPublicIp", "true"),
                        Map.entry("deploymentStrategy", "CANARY"),
                        Map.entry("scalingMetric", "REQUESTS"),
                        Map.entry("scalingTarget", "100"),
                        Map.entry("instanceTypes", "g5.xlarge,g5.2xlarge"),
                        Map.entry("platformVersion", "1.4.0"),
                        Map.entry("serverTimeout", "true"),
                        Map.entry("executeCommand", "true")));
    }

    @Test
    void targetGroup_setsTheExposureToo() {
        assertThat(AwsOptions.NONE.targetGroup("arn:tg", "https://a.example").settings())
                .containsEntry("exposure", "TARGET_GROUP")
                .containsEntry("targetGroup", "arn:tg")
                .containsEntry("targetGroupUrl", "https://a.example");
    }

    @Test
    void patches_typed_becomeTheJsonOfTheRequests() {
        AwsOptions options = AwsOptions.NONE
                .runTask(r -> r.group("batch").propagateTags(PropagateTags.TASK_DEFINITION))
                .registerTaskDefinition(r -> r.pidMode("task")
                        .containerDefinitions(
                                ContainerDefinition.builder().privileged(true).build()))
                .createService(r -> r.healthCheckGracePeriodSeconds(30))
                .updateService(r -> r.forceNewDeployment(true))
                .createExpressService(r -> r.cpu("256"));

        assertThat(options.settings())
                .containsEntry("patch.RunTask", "{\"group\":\"batch\",\"propagateTags\":\"TASK_DEFINITION\"}")
                .containsEntry(
                        "patch.RegisterTaskDefinition",
                        "{\"containerDefinitions\":[{\"privileged\":true}],\"pidMode\":\"task\"}")
                .containsEntry("patch.CreateService", "{\"healthCheckGracePeriodSeconds\":30}")
                .containsEntry("patch.UpdateService", "{\"forceNewDeployment\":true}")
                .containsEntry("patch.CreateExpressGatewayService", "{\"cpu\":\"256\"}");
    }

    @Test
    void setters_leaveTheOriginalAsItIs() {
        AwsOptions before = AwsOptions.NONE.capacity("EC2");

        before.capacity("FARGATE");

        assertThat(before.settings()).containsOnly(Map.entry("capacity", "EC2"));
        assertThat(AwsOptions.NONE.settings()).isEmpty();
        assertThatThrownBy(() -> before.settings().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equals_sameSettingsInAnyOrder_areEqual() {
        AwsOptions one = AwsOptions.NONE.capacity("EC2").serverTimeout(true);
        AwsOptions other = AwsOptions.NONE.serverTimeout(true).capacity("EC2");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(AwsOptions.NONE.capacity("EC2"));
        assertThat(one).isNotEqualTo("text");
    }

    @Test
    void toString_showsNamesOnly() {
        AwsOptions options = AwsOptions.NONE.taskRole("arn:hidden").runTask(r -> r.group("hidden"));

        assertThat(options).hasToString("AwsOptions[patch.RunTask, taskRole]");
    }
}

package io.portolan.aws.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.aws.AwsOptions;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ProviderOptions;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.ProviderConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

class AwsSettingsTest {
    private static ProviderConfig config(Map<String, String> values) {
        return new ProviderConfig("app", AwsKeys.ALL, values);
    }

    private static AwsSettings settings(Map<String, String> values, ProviderOptions options) {
        return AwsSettings.of(
                config(values),
                JobSpec.builder("etl").image("etl:1").options(options).build());
    }

    @Test
    void text_option_coversTheKey() {
        Map<String, String> values = Map.of(AwsKeys.TASK_ROLE, "arn:key", AwsKeys.EXECUTION_ROLE, "arn:execution");

        AwsSettings settings = settings(values, AwsOptions.NONE.taskRole("arn:option"));

        assertThat(settings.text(AwsKeys.TASK_ROLE)).contains("arn:option");
        assertThat(settings.text(AwsKeys.EXECUTION_ROLE)).contains("arn:execution");
        assertThat(AwsSettings.of(config(values)).text(AwsKeys.TASK_ROLE)).contains("arn:key");
    }

    @Test
    void flagAndList_options_coverTheirKeys() {
        AwsSettings settings = settings(
                Map.of(AwsKeys.SUBNETS, "subnet-1", AwsKeys.SECURITY_GROUPS, " sg-1 ,, sg-2"),
                AwsOptions.NONE.subnets("subnet-2", "subnet-3").assignPublicIp(true));

        assertThat(settings.list(AwsKeys.SUBNETS)).containsExactly("subnet-2", "subnet-3");
        assertThat(settings.list(AwsKeys.SECURITY_GROUPS)).containsExactly("sg-1", "sg-2");
        assertThat(settings.flag(AwsKeys.PUBLIC_IP)).isTrue();
        assertThat(AwsSettings.of(config(Map.of())).flag(AwsKeys.PUBLIC_IP)).isFalse();
        assertThat(AwsSettings.of(config(Map.of())).list(AwsKeys.SUBNETS)).isEmpty();
    }

    @Test
    void capacity_byOption_isOfItsKind() {
        assertThat(AwsSettings.of(config(Map.of())).capacity().kind()).isEqualTo(Capacity.Kind.FARGATE);
        assertThat(settings(Map.of(), AwsOptions.NONE.capacity("gpu-group")).capacity())
                .isEqualTo(new Capacity(Capacity.Kind.PROVIDER, "gpu-group"));
        assertThat(Capacity.of("FARGATE_SPOT").isFargate()).isTrue();
        assertThat(Capacity.of("EC2").isFargate()).isFalse();
    }

    @Test
    void logGroup_isTheApplicationsUnlessSet() {
        assertThat(AwsSettings.of(config(Map.of())).logGroup()).isEqualTo("/portolan/app");
        assertThat(AwsSettings.of(config(Map.of(AwsKeys.LOG_GROUP, "/team"))).logGroup())
                .isEqualTo("/team");
    }

    @Test
    void required_blank_isRefused() {
        assertThatThrownBy(() ->
                        AwsSettings.of(config(Map.of(AwsKeys.CLUSTER, " "))).required(AwsKeys.CLUSTER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("portolan.aws.cluster");
    }

    @Test
    void option_withoutAKey_isFoundByItsName() {
        AwsSettings settings = settings(Map.of(), AwsOptions.NONE.serverTimeout(true));

        assertThat(settings.option(OptionNames.SERVER_TIMEOUT)).contains("true");
        assertThat(settings.option(OptionNames.STRATEGY)).isEmpty();
    }

    @Test
    void apply_patch_isLaidOverTheRequestOfItsName() {
        AwsSettings settings = settings(Map.of(), AwsOptions.NONE.runTask(r -> r.group("batch")));
        RunTaskRequest request = RunTaskRequest.builder().cluster("c").build();

        RunTaskRequest patched = RequestPatch.apply(settings, "RunTask", request);

        assertThat(patched).isEqualTo(request.toBuilder().group("batch").build());
        assertThat(RequestPatch.apply(settings, "CreateService", request)).isSameAs(request);
    }

    @Test
    void toString_showsNamesOnly() {
        AwsSettings settings = settings(Map.of(AwsKeys.SECRET_KEY, "hidden-1"), AwsOptions.NONE.taskRole("hidden-2"));

        assertThat(settings.toString()).contains("taskRole", AwsKeys.SECRET_KEY).doesNotContain("hidden");
    }

    @Test
    void keys_areUniqueAndSecretsAreMarked() {
        assertThat(AwsKeys.ALL).extracting(ConfigKey::name).doesNotHaveDuplicates();
        assertThat(AwsKeys.ALL)
                .filteredOn(key -> key.type() == ConfigKey.Type.SECRET)
                .extracting(ConfigKey::name)
                .containsExactlyInAnyOrder(AwsKeys.SECRET_KEY, AwsKeys.SESSION_TOKEN);
    }
}

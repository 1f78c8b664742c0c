package io.portolan.aws.internal.portability;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.aws.internal.definition.Configs;
import io.portolan.aws.internal.definition.JobOverrides;
import io.portolan.plan.NativeRequest;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

class AwsRequestsTest {
    private static final AwsRequests REQUESTS = new AwsRequests(
            (launch, definition, settings) -> RunTaskRequest.builder()
                    .taskDefinition(definition)
                    .overrides(JobOverrides.of(launch, settings))
                    .build(),
            (spec, definition, settings) -> CreateServiceRequest.builder()
                    .serviceName(spec.name())
                    .taskDefinition(definition)
                    .build());

    @Test
    void of_job_registersAndRunsItsFirstAttempt() {
        List<NativeRequest> requests =
                REQUESTS.of(JobSpec.builder("etl").image("etl").build(), Configs.with("account", ""));

        assertThat(requests)
                .extracting(NativeRequest::operation)
                .containsExactly("ecs:RegisterTaskDefinition", "ecs:RunTask");
        assertThat(requests.get(1).body())
                .contains("arn:aws:ecs:eu-central-1:ACCOUNT:task-definition/portolan-shop-job-etl:REVISION")
                .contains("CLOUD_RUN_TASK_INDEX");
    }

    @Test
    void of_service_registersAndCreates() {
        List<NativeRequest> requests =
                REQUESTS.of(ServiceSpec.builder("web").image("web").build(), Configs.with());

        assertThat(requests)
                .extracting(NativeRequest::operation)
                .containsExactly("ecs:RegisterTaskDefinition", "ecs:CreateService");
        assertThat(requests.get(0).target()).isEqualTo("portolan-shop-svc-web");
    }
}

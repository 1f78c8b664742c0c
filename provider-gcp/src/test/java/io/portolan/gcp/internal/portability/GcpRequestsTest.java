package io.portolan.gcp.internal.portability;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.gcp.GcpOptions;
import io.portolan.gcp.internal.definition.Configs;
import io.portolan.gcp.option.PublicAccess;
import io.portolan.plan.NativeRequest;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SecretRef;
import io.portolan.spec.ServiceSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class GcpRequestsTest {
    @Test
    void of_job_makesTheJobThatStartsItsExecution() {
        List<NativeRequest> requests = GcpRequests.of(
                JobSpec.builder("etl")
                        .image("etl")
                        .secretEnv("DB", SecretRef.named("db"))
                        .build(),
                Configs.with());

        assertThat(requests).extracting(NativeRequest::operation).containsExactly("run:CreateJob");
        assertThat(requests.get(0).target()).isEqualTo("projects/acme-shop/locations/europe-west1/jobs/shop-etl");
        assertThat(requests.get(0).body())
                .contains("\"startExecutionToken\" : \"token\"", "\"portolan.io/execution\" : \"EXECUTION\"")
                .contains("\"secretKeyRef\" : {");
    }

    @Test
    void of_service_makesTheService() {
        List<NativeRequest> requests =
                GcpRequests.of(ServiceSpec.builder("web").image("web").build(), Configs.with());

        assertThat(requests).extracting(NativeRequest::operation).containsExactly("run:CreateService");
        assertThat(requests.get(0).body()).contains("\"invokerIamDisabled\" : true");
    }

    @Test
    void of_serviceOpenedByABinding_writesThePolicyToo() {
        ServiceSpec spec = ServiceSpec.builder("web")
                .image("web")
                .options(GcpOptions.NONE.publicAccess(PublicAccess.ALL_USERS))
                .build();

        List<NativeRequest> requests = GcpRequests.of(spec, Configs.with());

        assertThat(requests)
                .extracting(NativeRequest::operation)
                .containsExactly("run:CreateService", "run:SetIamPolicy");
        assertThat(requests.get(1).body()).contains("roles/run.invoker", "allUsers");
    }
}

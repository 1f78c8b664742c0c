package io.portolan.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.local.LocalOptions;
import io.portolan.local.LocalProvider;
import io.portolan.plan.NativeRequest;
import io.portolan.portability.Finding;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.Exposure;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.SecretRef;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.ProviderConfig;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class ServiceFindingsTest {
    private static ServiceSpec.Builder spec() {
        return ServiceSpec.builder("web").image("web:1").exposure(Exposure.INTERNAL);
    }

    @Test
    void findings_plainInternalService_areNone() {
        assertThat(ServiceFindings.of(spec().build())).isEmpty();
    }

    @Test
    void findings_ofEachSpecialField_sayWhatBecomesOfIt() {
        ServiceSpec spec = spec().exposure(Exposure.PUBLIC)
                .readiness(Probe.exec("/bin/true"))
                .liveness(Probe.tcp())
                .port(Port.http(65_081))
                .options(LocalOptions.NONE.networkMode("none"))
                .build();

        assertThat(ServiceFindings.of(spec))
                .extracting(Finding::field, Finding::kind)
                .containsExactly(
                        Tuple.tuple("port", Kind.REJECTED),
                        Tuple.tuple("exposure", Kind.ADJUSTED),
                        Tuple.tuple("readiness", Kind.EMULATED),
                        Tuple.tuple("liveness", Kind.EMULATED),
                        Tuple.tuple("options.local.networkMode", Kind.REJECTED));
    }

    @Test
    void requests_ofAService_showEverythingButSecrets() {
        ProviderConfig config =
                new ProviderConfig("shop", new LocalProvider().configKeys(), Map.of("service-port.web", "8080"));
        ServiceSpec spec = spec().exposure(Exposure.PUBLIC)
                .scaling(Scaling.fixed(2))
                .secretEnv("TOKEN", SecretRef.named("token"))
                .build();

        List<NativeRequest> requests = ServiceRequests.of(spec, config);

        assertThat(requests)
                .extracting(NativeRequest::target)
                .containsExactly(
                        "portolan-s-shop_web_r1",
                        "portolan-shop",
                        "portolan-shop_web_proxy-8080",
                        "portolan-shop_web_r1-1",
                        "portolan-shop_web_r1-1",
                        "portolan-shop_web_r1-2",
                        "portolan-shop_web_r1-2",
                        "portolan-s-shop_web_g1");
        assertThat(requests.get(3).body()).contains("TOKEN=***", "PORT=8080", "K_SERVICE=web", "K_REVISION=web-00001");
    }
}

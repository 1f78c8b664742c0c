package io.portolan.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.plan.Change;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import org.junit.jupiter.api.Test;

class SpecChangesTest {
    private final ServiceSpec deployed =
            ServiceSpec.builder("web").image("b:1").args("x").env("A", "1").build();

    @Test
    void between_nothingAndASpec_createsIt() {
        assertThat(SpecChanges.between(null, deployed))
                .containsExactly(new Change(Change.Kind.CREATE, "service web", "", "b:1"));
    }

    @Test
    void between_equalSpecs_isNothing() {
        assertThat(SpecChanges.between(SpecYaml.write(deployed), deployed)).isEmpty();
    }

    @Test
    void between_specs_namesEachFieldWithBothValues() {
        ServiceSpec wanted = deployed.toBuilder()
                .image("b:2")
                .args("x", "y")
                .env(java.util.Map.of("B", "2"))
                .port(Port.http(9000))
                .scaling(Scaling.between(1, 4))
                .readiness(Probe.http("/"))
                .initProcess(true)
                .build();

        assertThat(SpecChanges.between(SpecYaml.write(deployed), wanted))
                .extracting(Change::toString)
                .containsExactly(
                        "~ args[1]:  -> y",
                        "~ env.A: 1 -> ",
                        "~ env.B:  -> 2",
                        "~ image: b:1 -> b:2",
                        "~ initProcess: false -> true",
                        "~ port.number: 8080 -> 9000",
                        "~ readiness.http:  -> /",
                        "~ readiness.tcp: true -> ",
                        "~ scaling.max: 1 -> 4");
    }
}

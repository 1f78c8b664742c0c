package io.portolan.local.conformance;

import io.portolan.testkit.conformance.ProviderConformance;
import io.portolan.testkit.conformance.ProviderHarness;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class LocalConformanceIT extends ProviderConformance {
    @Override
    protected ProviderHarness newHarness() {
        return new LocalHarness();
    }
}

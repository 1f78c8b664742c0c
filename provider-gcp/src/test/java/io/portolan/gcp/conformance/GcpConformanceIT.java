package io.portolan.gcp.conformance;

import io.portolan.testkit.conformance.ProviderConformance;
import io.portolan.testkit.conformance.ProviderHarness;
import org.junit.jupiter.api.Tag;

/** The whole suite: the vendor's client over HTTP against the emulator, whose containers run on Docker. */
@Tag("docker")
class GcpConformanceIT extends ProviderConformance {
    @Override
    protected ProviderHarness newHarness() {
        return new GcpHarness();
    }
}

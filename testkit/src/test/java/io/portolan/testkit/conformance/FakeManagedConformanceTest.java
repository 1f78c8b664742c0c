package io.portolan.testkit.conformance;

import io.portolan.testkit.fake.FakeProvider;

class FakeManagedConformanceTest extends ProviderConformance {
    @Override
    protected ProviderHarness newHarness() {
        return new FakeHarness(FakeProvider::managed);
    }
}

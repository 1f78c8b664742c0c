package io.portolan.testkit.conformance;

import io.portolan.testkit.fake.FakeProvider;

class FakeConformanceTest extends ProviderConformance {
    @Override
    protected ProviderHarness newHarness() {
        return new FakeHarness(FakeProvider::on);
    }
}

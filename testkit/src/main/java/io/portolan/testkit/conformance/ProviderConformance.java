package io.portolan.testkit.conformance;

import org.junit.jupiter.api.Nested;

/**
 * The whole suite for one provider in one class. To run its parts on their own, extend the suites one by one.
 *
 * <pre>{@code
 * class AcmeConformanceIT extends ProviderConformance {
 *   @Override
 *   protected ProviderHarness newHarness() {
 *     return new AcmeHarness();
 *   }
 * }
 * }</pre>
 */
public abstract class ProviderConformance {
    /** For subclasses. */
    protected ProviderConformance() {}

    /**
     * Makes what this provider brings along. Called once for each test.
     *
     * @return a new harness, which the suite closes
     */
    protected abstract ProviderHarness newHarness();

    @Nested
    class Jobs extends JobConformance {
        @Override
        protected ProviderHarness newHarness() {
            return ProviderConformance.this.newHarness();
        }
    }

    @Nested
    class Executions extends ExecutionConformance {
        @Override
        protected ProviderHarness newHarness() {
            return ProviderConformance.this.newHarness();
        }
    }

    @Nested
    class Containers extends ContainerConformance {
        @Override
        protected ProviderHarness newHarness() {
            return ProviderConformance.this.newHarness();
        }
    }

    @Nested
    class Services extends ServiceConformance {
        @Override
        protected ProviderHarness newHarness() {
            return ProviderConformance.this.newHarness();
        }
    }

    @Nested
    class Updates extends UpdateConformance {
        @Override
        protected ProviderHarness newHarness() {
            return ProviderConformance.this.newHarness();
        }
    }

    @Nested
    class Logs extends LogConformance {
        @Override
        protected ProviderHarness newHarness() {
            return ProviderConformance.this.newHarness();
        }
    }

    @Nested
    class Images extends ImageConformance {
        @Override
        protected ProviderHarness newHarness() {
            return ProviderConformance.this.newHarness();
        }
    }

    @Nested
    class Errors extends ErrorConformance {
        @Override
        protected ProviderHarness newHarness() {
            return ProviderConformance.this.newHarness();
        }
    }

    @Nested
    class Plans extends PlanConformance {
        @Override
        protected ProviderHarness newHarness() {
            return ProviderConformance.this.newHarness();
        }
    }
}

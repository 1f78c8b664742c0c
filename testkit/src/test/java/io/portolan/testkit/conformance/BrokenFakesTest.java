package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.portolan.spi.CloudProvider;
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The suite fails when it should: each way to be wrong is found by the test that is there for it. */
class BrokenFakesTest {
    private static final ThreadLocal<Function<FakePlatform, CloudProvider>> PROVIDER = new ThreadLocal<>();

    /** Runs only from within this test. */
    static final class Suite extends ProviderConformance {
        @Override
        protected ProviderHarness newHarness() {
            return new FakeHarness(PROVIDER.get(), Duration.ofSeconds(3));
        }
    }

    static Stream<Arguments> ways() {
        return Stream.concat(waysOfJobs(), waysOfOthers());
    }

    private static Stream<Arguments> waysOfJobs() {
        return Stream.of(
                job(
                        "runs an attempt once per connection",
                        "id_startedFromTwoSides_runsOnce",
                        BrokenLaunchers::runsTwice),
                job(
                        "runs again what is over",
                        "id_startedAgainAfterTheEnd_doesNotRunAgain",
                        BrokenLaunchers::runsTwice),
                job(
                        "reports success for every exit code",
                        "exitCode_notZero_isTheResult",
                        l -> BrokenLaunchers.showing(l, BrokenLaunchers::alwaysSuccess)),
                job(
                        "reports every failure as an exit",
                        "memory_exceeded_isOutOfMemory",
                        l -> BrokenLaunchers.showing(l, BrokenLaunchers::everyFailureIsAnExit)),
                job(
                        "reports a missing image as an exit",
                        "image_missing_isImageNotFound",
                        l -> BrokenLaunchers.showing(l, BrokenLaunchers::everyFailureIsAnExit)),
                job(
                        "takes exit code 137 for want of memory",
                        "exit137_ofItsOwn_isNoOutOfMemory",
                        l -> BrokenLaunchers.showing(l, BrokenLaunchers::exit137IsOutOfMemory)),
                job(
                        "drops variables",
                        "env_ofAnyText_arrivesAsItIs",
                        l -> BrokenLaunchers.changing(l, BrokenLaunchers::withoutEnv)),
                job(
                        "splits arguments at spaces",
                        "args_ofAnyText_arriveAsTheyAre",
                        l -> BrokenLaunchers.changing(l, BrokenLaunchers::withSplitArgs)),
                job(
                        "claims a read-only root that can be written",
                        "readOnlyRoot_ofTheSpec_refusesWrites",
                        l -> BrokenLaunchers.changing(l, BrokenLaunchers::withWritableRoot)),
                job("ignores a cancel", "cancel_running_stopsIt", BrokenLaunchers::ignoresStop),
                job("ignores a timeout", "attempt_longerThanItsTimeout_timesOut", BrokenLaunchers::ignoresStop),
                job("forgets a cancel", "cancel_fromElsewhere_isSeen", BrokenLaunchers::forgetsCancel),
                job("forgets a conflict", "id_withAnotherSpec_isAConflict", BrokenLaunchers::forgetsConflict),
                job("keeps what was deleted", "execution_untilDeleted_isListed", BrokenLaunchers::keepsDeleted),
                job(
                        "finds nothing",
                        "execution_afterItsConnectionClosed_isFoundAndEnds",
                        BrokenLaunchers::findsNothing),
                job("lets vendor errors through", "jobs_atNobody_areUnavailable", BrokenLaunchers::throwsVendorErrors));
    }

    private static Stream<Arguments> waysOfOthers() {
        return Stream.of(
                way("loses a log line", "lines_many_comeInOrder", Broken.logs(BrokenDrivers::losesLines)),
                way(
                        "repeats a log line",
                        "follow_fromACursor_losesAndRepeatsNothing",
                        Broken.logs(BrokenDrivers::repeatsLines)),
                way(
                        "reads the log of one replica only",
                        "service_severalReplicas_givesTheLinesOfAll",
                        Broken.logs(BrokenDrivers::readsOneReplica)),
                way(
                        "drops the old revision before the new one is ready",
                        "spec_changedUnderLoad_loosesNoRequest",
                        Broken.services(BrokenDrivers::dropsTheOldFirst)),
                way(
                        "lets a bad revision take the good one down",
                        "revision_thatEnds_leavesTheOldServing",
                        Broken.services(BrokenDrivers::dropsTheOldFirst)),
                way(
                        "does not scale",
                        "replicas_scaled_becomeAsManyAsAskedFor",
                        Broken.services(BrokenDrivers::doesNotScale)),
                way(
                        "does not roll back",
                        "rollback_always_servesTheOneBefore",
                        Broken.services(BrokenDrivers::doesNotRollBack)),
                way(
                        "keeps a deleted service",
                        "service_untilDeleted_isListed",
                        Broken.services(BrokenDrivers::keepsDeleted)),
                way(
                        "only pretends to prune",
                        "prune_afterTheEnd_removesWhatIsOver",
                        Broken.driver(BrokenDrivers::pretendsToPrune)),
                way(
                        "prunes on a dry run",
                        "prune_afterTheEnd_removesWhatIsOver",
                        Broken.driver(BrokenDrivers::prunesOnADryRun)),
                way(
                        "connects when it is opened",
                        "connect_toNobody_works",
                        Broken.provider(BrokenDrivers::connectsEagerly)),
                way(
                        "shows a secret in a plan",
                        "plan_withASecret_hidesIt",
                        Broken.provider(BrokenDrivers::leaksSecrets)),
                way(
                        "mixes applications",
                        "execution_ofAnotherApplication_isNotSeen",
                        Broken.provider(BrokenDrivers::mixesApplications)),
                way(
                        "denies a capability that it has",
                        "user_ofTheSpec_isUsed",
                        Broken.provider(BrokenDrivers::deniesACapability)));
    }

    private static Arguments job(
            String what, String test, java.util.function.UnaryOperator<io.portolan.spi.TaskLauncher> breaking) {
        return way(what, test, Broken.jobs(breaking));
    }

    private static Arguments way(String what, String test, Function<FakePlatform, CloudProvider> provider) {
        return arguments(what, test, provider);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("ways")
    void suite_onABrokenProvider_fails(String what, String test, Function<FakePlatform, CloudProvider> provider) {
        TestExecutionSummary good = run(test, FakeProvider::on);
        assertThat(failures(good)).as(what + ": a sound provider passes").isEmpty();
        assertThat(good.getTestsSucceededCount()).isPositive();

        TestExecutionSummary broken = run(test, provider);

        assertThat(broken.getTestsFailedCount())
                .as(what + " is found by " + test)
                .isPositive();
    }

    private static TestExecutionSummary run(String test, Function<FakePlatform, CloudProvider> provider) {
        PROVIDER.set(provider);
        try {
            PostDiscoveryFilter only = descriptor -> FilterResult.includedIf(isPartOf(descriptor, test));
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(Suite.class))
                    .filters(only)
                    .build();
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            LauncherFactory.create(LauncherConfig.builder()
                            .enableTestExecutionListenerAutoRegistration(false)
                            .build())
                    .execute(request, summary);
            return summary.getSummary();
        } finally {
            PROVIDER.remove();
        }
    }

    private static boolean isPartOf(TestDescriptor descriptor, String test) {
        return descriptor
                .getSource()
                .filter(org.junit.platform.engine.support.descriptor.MethodSource.class::isInstance)
                .map(s -> ((org.junit.platform.engine.support.descriptor.MethodSource) s)
                        .getMethodName()
                        .equals(test))
                .orElse(true);
    }

    private static String failures(TestExecutionSummary summary) {
        StringWriter text = new StringWriter();
        summary.printFailuresTo(new PrintWriter(text, true));
        return summary.getTestsFailedCount() == 0 ? "" : text.toString();
    }
}

package io.portolan.testkit.conformance;

import io.portolan.Cloud;
import io.portolan.id.ExecutionId;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.LogFollower;
import io.portolan.run.LogLine;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.CloudProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What all suites have in common: each test has a harness, an application and clouds of its own, and leaves nothing behind.
 */
@ExtendWith(CapabilityTruth.class)
public abstract class Conformance {
    private static final String TEXT = "abcdefghijklmnopqrstuvwxyz";

    private final List<Cloud> clouds = new ArrayList<>();
    private final List<String> applications = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private @Nullable ProviderHarness harness;
    private @Nullable Cloud cloud;
    private String application = "";
    private boolean claiming;

    /** For subclasses. */
    protected Conformance() {}

    /**
     * Makes what this provider brings along. Called once for each test.
     *
     * @return a new harness, which the suite closes
     */
    protected abstract ProviderHarness newHarness();

    @BeforeEach
    final void openHarness() {
        harness = newHarness();
        application = newApplication();
    }

    @AfterEach
    final void leaveNothingBehind() {
        Cleanup cleanup = new Cleanup(limit());
        try {
            cleanup.removeAll(cloud());
        } finally {
            clouds.forEach(Cloud::close);
            applications.forEach(harness()::clean);
            harness().close();
        }
    }

    final ProviderHarness harness() {
        return Objects.requireNonNull(harness, "harness");
    }

    private String newApplication() {
        StringBuilder name = new StringBuilder("tk");
        long random = UUID.randomUUID().getMostSignificantBits() >>> 1;
        for (int i = 0; i < 8; i++) {
            name.append(TEXT.charAt((int) (random % TEXT.length())));
            random /= TEXT.length();
        }
        applications.add(name.toString());
        return name.toString();
    }

    /** From now on, clouds are of a provider that claims to be able to do everything. */
    final void claimEverything() {
        claiming = true;
        cloud = null;
    }

    private CloudProvider provider() {
        CloudProvider provider = harness().provider();
        return claiming ? new ClaimingProvider(provider) : provider;
    }

    final Cloud cloud() {
        if (cloud == null) {
            cloud = anotherCloud();
        }
        return cloud;
    }

    /** A second connection to the same application, as another JVM would have. */
    final Cloud anotherCloud() {
        return opened(Cloud.connect(harness().config(application), provider()));
    }

    final Cloud cloudOfAnotherApplication() {
        return opened(Cloud.connect(harness().config(newApplication()), provider()));
    }

    /** A connection that nothing answers. */
    final Cloud unreachableCloud() {
        return opened(Cloud.connect(harness().unreachable(application), provider()));
    }

    private Cloud opened(Cloud opened) {
        clouds.add(opened);
        return opened;
    }

    final String application() {
        return application;
    }

    final Duration limit() {
        return harness().limit();
    }

    /** A time that the provider can tell from another, some times over. */
    final Duration paces(int count) {
        return harness().pace().multipliedBy(count);
    }

    final TestProgram sleepFor(int paces) {
        return new TestProgram.Sleep(paces(paces));
    }

    /** Puts a secret into the store; connections that are open already may not see it. */
    final void secret(String name, String value) {
        harness().secret(name, value);
        cloud = null;
    }

    final String name(String kind) {
        return kind + "-" + names.incrementAndGet();
    }

    final ExecutionId newId() {
        return ExecutionId.of(application + "-" + names.incrementAndGet());
    }

    final JobSpec.Builder job(TestProgram program) {
        return harness().programs().into(JobSpec.builder(name("job")), program);
    }

    final ServiceSpec.Builder service(TestProgram program) {
        return harness().programs().into(ServiceSpec.builder(name("svc")).env("MARK", "one"), program);
    }

    final JobResult run(JobSpec.Builder spec) {
        return cloud().jobs().run(spec.build(), newId()).await(limit());
    }

    final ServiceStatus deploy(ServiceSpec spec) {
        return cloud().services().deploy(spec).awaitReady(limit());
    }

    /** Runs to the end and gives what was printed. */
    final List<String> output(JobSpec.Builder spec) {
        JobExecution execution = cloud().jobs().run(spec.build(), newId());
        List<String> lines = texts(execution);
        JobResult result = execution.await(limit());
        Assertions.assertThat(result.isSucceeded()).as(result.toString()).isTrue();
        return lines;
    }

    /** All lines of an execution, read to their end. */
    final List<LogLine> lines(JobExecution execution) {
        List<LogLine> lines = new CopyOnWriteArrayList<>();
        try (LogFollower follower = execution.followLogs(lines::add)) {
            Assertions.assertThat(follower.awaitEnd(limit()))
                    .as("the logs end; failure: " + follower.failure())
                    .isTrue();
        }
        return lines;
    }

    final List<String> texts(JobExecution execution) {
        return lines(execution).stream().map(LogLine::text).toList();
    }

    /** Waits until an execution has printed a line. */
    final void awaitLine(JobExecution execution, String text) {
        List<String> seen = new CopyOnWriteArrayList<>();
        Consumer<LogLine> consumer = line -> seen.add(line.text());
        try (LogFollower follower = execution.followLogs(consumer)) {
            eventually().until(() -> seen.contains(text));
        }
    }

    final ConditionFactory eventually() {
        return Awaitility.await().atMost(limit()).pollInterval(Duration.ofMillis(20));
    }
}

package io.portolan.testkit.fake;

import io.portolan.spi.AttemptLaunch;

/** Makes and starts attempts, for both shapes of jobs. Called with the lock of the platform held. */
final class FakeTasks {
    private final FakePlatform platform;
    private final FakeAssembly assembly;

    FakeTasks(FakePlatform platform, FakeApplication application) {
        this.platform = platform;
        this.assembly = new FakeAssembly(platform, application);
    }

    /** Takes the identity of an attempt. The listener is called after each change, with the lock held. */
    FakeAttempt create(FakeExecution execution, AttemptLaunch launch, Runnable changed) {
        FakeContainer.Parts parts =
                assembly.parts(launch.spec().container(), launch.environment(), platform.newId("task"));
        FakeContainer container = new FakeContainer(platform, parts, () -> {
            execution.measure();
            changed.run();
        });
        FakeAttempt attempt = new FakeAttempt(launch.key(), container);
        execution.add(attempt, launch.spec());
        return attempt;
    }

    void start(FakeAttempt attempt, AttemptLaunch launch) {
        assembly.obstacle(launch.spec().container())
                .ifPresentOrElse(
                        attempt::refuse,
                        () -> attempt.start(
                                platform.programOf(launch.spec().container().image())));
    }
}

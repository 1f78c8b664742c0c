package io.portolan.testkit.fake;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.spec.SecretRef;
import io.portolan.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A platform in memory: it runs the programs that a test scripts, and keeps what a cloud would keep. Several {@link FakeProvider}s and
 * clouds may share one platform, which stands for several JVMs, or for one that was killed and came back.
 *
 * <p>An image that has no program is not found. Time is real, or moved by a {@link ManualClock}. Thread-safe; the caller closes it.
 */
public final class FakePlatform implements AutoCloseable {
    private final Object lock = new Object();
    private final FakeTime time;
    private final ExecutorService programs;
    private final FakeImages images = new FakeImages();
    private final FakeFaults faults;
    private final FakeHistory history = new FakeHistory();
    private final Map<String, FakeApplication> applications = new ConcurrentHashMap<>();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, FakeStore> hostDirectories = new ConcurrentHashMap<>();
    private final Map<String, RegistryCredentials> registries = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile Duration startupTime = Duration.ZERO;
    private volatile @Nullable FakeProgram defaultProgram;

    private FakePlatform(FakeTime time, ThreadFactory threads) {
        this.time = time;
        this.programs = Executors.newCachedThreadPool(threads);
        this.faults = new FakeFaults(time.clock());
    }

    static ThreadFactory threads(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * A platform with real time.
     *
     * @return an empty platform
     */
    public static FakePlatform create() {
        ThreadFactory threads = threads("fake-platform-");
        return new FakePlatform(FakeTime.real(threads), threads);
    }

    /**
     * A platform whose programs run by a clock that the test moves. The engine of the SDK has its own, real clock: its polls and its
     * timeouts are not moved.
     *
     * @param clock the clock
     * @return an empty platform
     */
    public static FakePlatform create(ManualClock clock) {
        return new FakePlatform(FakeTime.manual(clock), threads("fake-platform-"));
    }

    /**
     * Says what an image does.
     *
     * @param image its name, for example {@code etl:1}
     * @param program what it does, in place of what was said before
     * @return this
     */
    public FakePlatform program(String image, FakeProgram program) {
        images.program(ImageReference.parse(image), Objects.requireNonNull(program, "program"));
        return this;
    }

    /**
     * Says what every other image does.
     *
     * @param program what it does; without one, other images are not found
     * @return this
     */
    public FakePlatform defaultProgram(FakeProgram program) {
        defaultProgram = Objects.requireNonNull(program, "program");
        return this;
    }

    /**
     * Puts a secret into the store of the platform.
     *
     * @param name what {@link SecretRef#named} says; {@code name#version} for one version
     * @param value the secret
     * @return this
     */
    public FakePlatform secret(String name, String value) {
        secrets.put(name, Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Makes a registry ask for credentials. Others take any caller.
     *
     * @param registry its host, for example {@code ghcr.io}
     * @param credentials the only ones that it knows
     * @return this
     */
    public FakePlatform registry(String registry, RegistryCredentials credentials) {
        registries.put(registry, credentials);
        return this;
    }

    /**
     * How long every process is {@code STARTING}. Default zero.
     *
     * @param value by the clock of the platform
     * @return this
     */
    public FakePlatform startupTime(Duration value) {
        startupTime = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * The script of what goes wrong.
     *
     * @return the same at every call
     */
    public FakeFaults faults() {
        return faults;
    }

    /**
     * What was asked of the platform.
     *
     * @return the same at every call
     */
    public FakeHistory history() {
        return history;
    }

    /**
     * How often an operation was called, failed calls included.
     *
     * @param operation which
     * @return 0 or more
     */
    public int calls(FakeOperation operation) {
        return history.calls(operation);
    }

    /**
     * The attempts of an execution and how often each was started.
     *
     * @param execution which, of any application
     * @return by task and attempt
     */
    public List<FakeHistory.Attempt> attempts(ExecutionId execution) {
        synchronized (lock) {
            return executions(execution).stream()
                    .flatMap(e -> e.attempts().stream())
                    .map(a -> new FakeHistory.Attempt(a.key(), a.launchCalls(), a.starts()))
                    .sorted(Comparator.comparingInt(
                                    (FakeHistory.Attempt a) -> a.key().index())
                            .thenComparingInt(a -> a.key().attempt()))
                    .toList();
        }
    }

    /**
     * How many attempts of an execution ran at the same time at most.
     *
     * @param execution which, of any application
     * @return 0 or more
     */
    public int maxRunning(ExecutionId execution) {
        synchronized (lock) {
            return executions(execution).stream()
                    .mapToInt(FakeExecution::maxRunning)
                    .max()
                    .orElse(0);
        }
    }

    /**
     * Ends a running attempt from outside, as a platform that takes its machine back.
     *
     * @param attempt which
     * @param failure why, for example of cause {@code PREEMPTED}
     */
    public void kill(AttemptKey attempt, Failure failure) {
        attempt(attempt).ifPresent(a -> a.container().kill(Outcome.failed(failure)));
    }

    /**
     * The files of a named volume.
     *
     * @param application whose
     * @param volume its name
     * @return paths within the volume, such as {@code /part-0.csv}
     */
    public FakeFiles volume(String application, String volume) {
        return new FakeFiles(
                List.of(FakeFiles.Mount.directory("", application(application).volume(volume), false)));
    }

    /** Ends all programs and threads. Idempotent. */
    @Override
    public void close() {
        time.close();
        programs.shutdownNow();
    }

    // What follows is for the drivers.

    Object lock() {
        return lock;
    }

    Instant now() {
        return time.clock().instant();
    }

    Runnable after(Duration delay, Runnable action) {
        return time.after(delay, action);
    }

    void execute(Runnable action) {
        try {
            programs.execute(action);
        } catch (RejectedExecutionException closed) {
            // The platform is closed: nothing runs there any more, and nobody can ask.
            return;
        }
    }

    /** Waits by the platform's clock. */
    void pause(Duration delay) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Runnable forget = after(delay, over::countDown);
        try {
            over.await();
        } finally {
            forget.run();
        }
    }

    Duration startupTime() {
        return startupTime;
    }

    String newId(String prefix) {
        return prefix + "-" + ids.incrementAndGet();
    }

    FakeImages images() {
        return images;
    }

    /** The program of an image, or why it cannot run. */
    FakeProgram programOf(ImageReference reference) {
        FakeProgram own = images.find(reference).map(FakeImage::program).orElse(null);
        FakeProgram found = own == null ? defaultProgram : own;
        return found != null
                ? found
                : FakeProgram.refused(
                        Failure.of(FailureCause.IMAGE_NOT_FOUND, "the platform has no image '" + reference + "'")
                                .nativeCode("404")
                                .hint("give it a program with FakePlatform.program(\"" + reference + "\", ...)"));
    }

    void requireLogin(String registry, @Nullable RegistryCredentials credentials) {
        RegistryCredentials known = registries.get(registry);
        if (known != null && !known.equals(credentials)) {
            throw PortolanException.builder(
                            ErrorCode.UNAUTHENTICATED, "registry '" + registry + "' does not take these credentials")
                    .provider(FakeProvider.ID.value())
                    .nativeCode("401")
                    .build();
        }
    }

    Optional<String> secretValue(SecretRef reference) {
        return Optional.ofNullable(secrets.get(reference.toString()));
    }

    FakeStore hostDirectory(String path) {
        return hostDirectories.computeIfAbsent(path, p -> FakeStore.unlimited());
    }

    FakeApplication application(String name) {
        return applications.computeIfAbsent(name, FakeApplication::new);
    }

    Optional<FakeAttempt> attempt(AttemptKey key) {
        synchronized (lock) {
            return executions(key.execution()).stream()
                    .flatMap(e -> e.attempt(key).stream())
                    .findFirst();
        }
    }

    private List<FakeExecution> executions(ExecutionId id) {
        return applications.values().stream()
                .flatMap(a -> Optional.ofNullable(a.executions().get(id)).stream())
                .toList();
    }
}

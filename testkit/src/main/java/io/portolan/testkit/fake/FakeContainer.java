package io.portolan.testkit.fake;

import io.portolan.run.AttemptState;
import io.portolan.run.LogLine;
import io.portolan.run.Timings;
import io.portolan.spec.ContainerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** One container: a program, its process, and how that ended. All state is guarded by the lock of the platform. */
final class FakeContainer {
    /**
     * What a container is made of.
     *
     * @param id unique on the platform
     * @param spec the user's wish
     * @param environment all variables, secrets resolved
     * @param files what it sees
     * @param command the spec's, else the image's
     * @param network answers what the process asks of other services
     */
    record Parts(
            String id,
            ContainerSpec spec,
            Map<String, String> environment,
            FakeFiles files,
            List<String> command,
            FakeNetwork network) {}

    private final FakePlatform platform;
    private final Parts parts;
    private final Runnable changed;
    private final FakeLog log = new FakeLog();
    private final Instant createdAt;
    private AttemptState state = AttemptState.PENDING;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private @Nullable Outcome outcome;
    private @Nullable Thread thread;
    private @Nullable FakeHandler handler;
    private ToIntFunction<List<String>> executor = words -> 0;
    private Runnable timer = () -> {};
    private boolean deaf;

    /** The listener is called with the lock held, after each change. */
    FakeContainer(FakePlatform platform, Parts parts, Runnable changed) {
        this.platform = platform;
        this.parts = parts;
        this.changed = changed;
        this.createdAt = platform.now();
    }

    void start(FakeProgram wanted) {
        FakeProgram program = wanted;
        while (program instanceof ChoosingProgram choosing) {
            program = choosing.choice().apply(new FakeProcess(this));
        }
        FakeProgram chosen = program;
        synchronized (platform.lock()) {
            state = AttemptState.STARTING;
            changed.run();
            if (chosen instanceof ScriptedProgram script && script.start() == ScriptedProgram.Start.REFUSED) {
                end(script.outcome());
            } else if (!(chosen instanceof ScriptedProgram script) || script.start() == ScriptedProgram.Start.NORMAL) {
                startSoon(chosen);
            }
        }
    }

    private void startSoon(FakeProgram program) {
        Duration startup = platform.startupTime();
        if (startup.isZero()) {
            begin(program);
        } else {
            timer = platform.after(startup, () -> begin(program));
        }
    }

    private void begin(FakeProgram program) {
        synchronized (platform.lock()) {
            if (state != AttemptState.STARTING) {
                return;
            }
            state = AttemptState.RUNNING;
            startedAt = platform.now();
            changed.run();
            if (program instanceof ScriptedProgram script) {
                play(script);
            } else {
                platform.execute(() -> runJava(program));
            }
        }
    }

    private void play(ScriptedProgram script) {
        deaf = script.deaf();
        script.lines().forEach(line -> log.write(platform.now(), LogLine.Stream.STDOUT, line));
        Duration time = script.time();
        if (time != null && time.isZero()) {
            end(script.outcome());
        } else if (time != null) {
            timer = platform.after(time, () -> end(script.outcome()));
        }
    }

    private void runJava(FakeProgram program) {
        synchronized (platform.lock()) {
            if (state != AttemptState.RUNNING) {
                return;
            }
            Thread.interrupted(); // what was meant for the process that had this thread before
            thread = Thread.currentThread();
        }
        Outcome result = outcomeOf(program);
        synchronized (platform.lock()) {
            thread = null;
            end(result);
        }
    }

    private Outcome outcomeOf(FakeProgram program) {
        try {
            return Outcome.exit(program.run(new FakeProcess(this)));
        } catch (Outcome.Ended ended) {
            return ended.outcome();
        } catch (InterruptedException stopped) {
            return Outcome.signal(Outcome.SIGTERM);
        } catch (Exception | AssertionError e) {
            log.write(platform.now(), LogLine.Stream.STDERR, "Exception in program: " + e);
            return Outcome.exit(1);
        }
    }

    /** Asks to stop; kills after the grace period. */
    void stop(Duration grace) {
        synchronized (platform.lock()) {
            if (state == AttemptState.ENDED || state == AttemptState.STOPPING) {
                return;
            }
            boolean running = state == AttemptState.RUNNING;
            timer.run();
            timer = () -> {};
            if (!running) {
                end(new Outcome(null, null, null));
                return;
            }
            state = AttemptState.STOPPING;
            changed.run();
            if (thread != null) {
                thread.interrupt();
            } else if (!deaf) {
                end(Outcome.signal(Outcome.SIGTERM));
                return;
            }
            if (grace.isZero()) {
                kill(Outcome.signal(Outcome.SIGKILL));
            } else {
                timer = platform.after(grace, () -> kill(Outcome.signal(Outcome.SIGKILL)));
            }
        }
    }

    void kill(Outcome how) {
        synchronized (platform.lock()) {
            Thread running = thread;
            end(how);
            if (running != null) {
                running.interrupt();
            }
        }
    }

    private void end(Outcome how) {
        synchronized (platform.lock()) {
            if (state == AttemptState.ENDED) {
                return;
            }
            timer.run();
            state = AttemptState.ENDED;
            outcome = how;
            finishedAt = platform.now();
            handler = null;
            log.complete();
            changed.run();
        }
    }

    void requireAlive() {
        synchronized (platform.lock()) {
            if (outcome != null) {
                throw new Outcome.Ended(outcome);
            }
        }
    }

    void write(LogLine.Stream stream, String text) {
        requireAlive();
        log.write(platform.now(), stream, text);
    }

    void listen(FakeHandler answers) {
        synchronized (platform.lock()) {
            requireAlive();
            handler = answers;
            changed.run();
        }
    }

    void onExec(ToIntFunction<List<String>> answers) {
        synchronized (platform.lock()) {
            requireAlive();
            executor = answers;
        }
    }

    /** Runs a command beside the process; its exit code. */
    int exec(List<String> words) {
        ToIntFunction<List<String>> answers;
        synchronized (platform.lock()) {
            answers = executor;
        }
        return answers.applyAsInt(words);
    }

    FakeHandler.Response get(String url) {
        return parts.network().get(url);
    }

    Runnable after(Duration time, Runnable action) {
        return platform.after(time, action);
    }

    @Nullable
    FakeHandler handler() {
        synchronized (platform.lock()) {
            return handler;
        }
    }

    AttemptState state() {
        synchronized (platform.lock()) {
            return state;
        }
    }

    @Nullable
    Outcome outcome() {
        synchronized (platform.lock()) {
            return outcome;
        }
    }

    Timings timings() {
        synchronized (platform.lock()) {
            return new Timings(createdAt, startedAt, finishedAt);
        }
    }

    Instant createdAt() {
        return createdAt;
    }

    FakeLog log() {
        return log;
    }

    String id() {
        return parts.id();
    }

    ContainerSpec spec() {
        return parts.spec();
    }

    Map<String, String> environment() {
        return parts.environment();
    }

    FakeFiles files() {
        return parts.files();
    }

    List<String> command() {
        return parts.command();
    }
}

package io.portolan.testkit.fake;

import io.portolan.id.AttemptKey;
import io.portolan.run.AttemptState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The script of what goes wrong on a {@link FakePlatform}. Thread-safe. */
public final class FakeFaults {
    private final Clock clock;
    private final Map<FakeOperation, List<Planned>> planned = new EnumMap<>(FakeOperation.class);
    private final List<Mask> masks = new ArrayList<>();
    private Duration visibilityDelay = Duration.ZERO;
    private int hintsPerChange = 1;
    private long crashAtCall = -1;
    private boolean crashAfterEffect;

    private static final class Planned {
        final Fault fault;
        int calls;

        Planned(Fault fault) {
            this.fault = fault;
        }
    }

    private record Mask(Predicate<AttemptKey> which, AttemptState shown, Instant until) {}

    FakeFaults(Clock clock) {
        this.clock = clock;
    }

    /**
     * Adds a fault. Of several faults of one operation, the first that happens at a call counts.
     *
     * @param operation the calls it concerns
     * @param fault what goes wrong
     * @return this
     */
    public synchronized FakeFaults add(FakeOperation operation, Fault fault) {
        planned.computeIfAbsent(operation, o -> new ArrayList<>()).add(new Planned(fault));
        return this;
    }

    /**
     * Adds a fault to every operation.
     *
     * @param fault what goes wrong; calls are counted per operation
     * @return this
     */
    public synchronized FakeFaults addToAll(Fault fault) {
        for (FakeOperation operation : FakeOperation.values()) {
            add(operation, fault);
        }
        return this;
    }

    /**
     * From now on, for some time, the platform says {@code GONE} of attempts and does not list them. They run on.
     *
     * @param which the attempts
     * @param time how long, by the platform's clock
     * @return this
     */
    public synchronized FakeFaults hide(Predicate<AttemptKey> which, Duration time) {
        masks.add(new Mask(which, AttemptState.GONE, clock.instant().plus(time)));
        return this;
    }

    /**
     * From now on, for some time, the platform says {@code UNKNOWN} of attempts. They run on.
     *
     * @param which the attempts
     * @param time how long, by the platform's clock
     * @return this
     */
    public synchronized FakeFaults obscure(Predicate<AttemptKey> which, Duration time) {
        masks.add(new Mask(which, AttemptState.UNKNOWN, clock.instant().plus(time)));
        return this;
    }

    /**
     * Eventual consistency: each new attempt is {@code GONE} and not listed until this long after its launch.
     *
     * @param time how long, by the platform's clock; zero is the default
     * @return this
     */
    public synchronized FakeFaults visibleAfter(Duration time) {
        visibilityDelay = time;
        return this;
    }

    /**
     * How often watchers are told of each change.
     *
     * @param times 0 loses all hints, 1 is the default, more duplicates them
     * @return this
     */
    public synchronized FakeFaults hintsPerChange(int times) {
        hintsPerChange = times;
        return this;
    }

    /**
     * Lets a connection die at one of its calls, as if its JVM were killed: that call and all later ones of the connection fail, and what
     * other connections do is not touched. To go on, close its cloud and open another.
     *
     * @param call the number of the call, counted over the whole platform from now on; 1 is the next
     * @param afterEffect whether that last call still has its effect
     * @return this
     */
    public synchronized FakeFaults crashAtCall(int call, boolean afterEffect) {
        crashAtCall = call;
        crashAfterEffect = afterEffect;
        return this;
    }

    /** Removes the whole script. Connections that died stay dead. */
    public synchronized void clear() {
        planned.clear();
        masks.clear();
        visibilityDelay = Duration.ZERO;
        hintsPerChange = 1;
        crashAtCall = -1;
    }

    synchronized Optional<Fault> next(FakeOperation operation) {
        Optional<Fault> found = Optional.empty();
        for (Planned one : planned.getOrDefault(operation, List.of())) {
            one.calls++;
            if (one.fault.happensAt(one.calls) && found.isEmpty()) {
                found = Optional.of(one.fault);
            }
        }
        return found;
    }

    /** Counts one call; tells how a crash takes it. */
    synchronized Crash countdown() {
        if (crashAtCall < 0 || --crashAtCall > 0) {
            return Crash.NONE;
        }
        crashAtCall = -1;
        return crashAfterEffect ? Crash.AFTER_EFFECT : Crash.BEFORE_EFFECT;
    }

    enum Crash {
        NONE,
        BEFORE_EFFECT,
        AFTER_EFFECT
    }

    synchronized int hints() {
        return hintsPerChange;
    }

    /** What is shown of an attempt in place of the truth. */
    synchronized Optional<AttemptState> mask(AttemptKey key, Instant createdAt) {
        Instant now = clock.instant();
        if (now.isBefore(createdAt.plus(visibilityDelay))) {
            return Optional.of(AttemptState.GONE);
        }
        masks.removeIf(m -> !now.isBefore(m.until()));
        return masks.stream().filter(m -> m.which().test(key)).map(Mask::shown).findFirst();
    }
}

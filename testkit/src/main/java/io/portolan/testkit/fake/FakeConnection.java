package io.portolan.testkit.fake;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spi.ProviderConfig;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One open connection: every call of a driver goes through here, is counted, and meets its scripted fault. */
final class FakeConnection {
    private final FakePlatform platform;
    private final ProviderConfig config;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean dead = new AtomicBoolean();

    FakeConnection(FakePlatform platform, ProviderConfig config) {
        this.platform = platform;
        this.config = config;
    }

    FakePlatform platform() {
        return platform;
    }

    FakeApplication application() {
        return platform.application(config.application());
    }

    ProviderConfig config() {
        return config;
    }

    void run(FakeOperation operation, Runnable effect) {
        call(operation, () -> {
            effect.run();
            return true;
        });
    }

    <T> T call(FakeOperation operation, Supplier<T> effect) {
        return call(operation, effect, () -> {});
    }

    /** The half effect is what is left behind by a call that stops in the middle. */
    <T> T call(FakeOperation operation, Supplier<T> effect, Runnable halfEffect) {
        platform.history().count(operation);
        if (closed.get()) {
            throw new PortolanException(ErrorCode.CANCELLED, "the connection to the fake platform is closed");
        }
        if (dead.get() || !config.flag(FakeProvider.REACHABLE)) {
            throw unreachable(operation);
        }
        FakeFaults.Crash crash = platform.faults().countdown();
        if (crash != FakeFaults.Crash.NONE) {
            dead.set(true);
            if (crash == FakeFaults.Crash.AFTER_EFFECT) {
                Objects.requireNonNull(effect.get(), "effect");
            }
            throw unreachable(operation);
        }
        Optional<Fault> fault = platform.faults().next(operation);
        return fault.isPresent() ? faulty(operation, fault.get(), effect, halfEffect) : effect.get();
    }

    private <T> T faulty(FakeOperation operation, Fault fault, Supplier<T> effect, Runnable halfEffect) {
        switch (fault.kind()) {
            case DELAY -> {
                pause(operation, fault);
                return effect.get();
            }
            case AFTER -> {
                Objects.requireNonNull(effect.get(), "effect");
                throw fault.toException(operation);
            }
            case HALF_DONE -> {
                halfEffect.run();
                throw fault.toException(operation);
            }
            default -> throw fault.toException(operation);
        }
    }

    private void pause(FakeOperation operation, Fault fault) {
        try {
            platform.pause(fault.delay());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PortolanException.builder(ErrorCode.CANCELLED, "the call was interrupted")
                    .provider(FakeProvider.ID.value())
                    .operation(operation.name())
                    .cause(e)
                    .build();
        }
    }

    private static PortolanException unreachable(FakeOperation operation) {
        return PortolanException.builder(ErrorCode.UNAVAILABLE, "the fake platform cannot be reached")
                .provider(FakeProvider.ID.value())
                .operation(operation.name())
                .nativeCode("CONNECT")
                .build();
    }

    void close() {
        closed.set(true);
    }
}

package io.portolan.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs by itself, with one thread for what is due. */
final class RunningClock extends EmulatorClock {
    private static final Logger LOG = LoggerFactory.getLogger(RunningClock.class);

    private final double speed;
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor scheduler;

    RunningClock(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("the speed must be above 0");
        }
        this.speed = speed;
        scheduler = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "emulator-clock");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant instant() {
        return start.plusNanos((long) ((System.nanoTime() - startNanos) * speed));
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable action) {
        try {
            Future<?> future =
                    scheduler.schedule(() -> run(action), (long) (delay.toNanos() / speed), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("The emulator is closed", e);
            return () -> {};
        }
    }

    @Override
    public void advance(Duration time) {
        throw new IllegalStateException("this clock runs by itself; use EmulatorClock.manual()");
    }

    @Override
    public boolean isManual() {
        return false;
    }

    @Override
    public void close() {
        scheduler.shutdown();
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("A step of the emulator failed", e);
        }
    }
}

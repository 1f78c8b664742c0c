package io.portolan.internal.job;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one connection: a fixed few, whatever the number of executions, and none while there is nothing to do. All are daemons
 * and carry names that start with {@code portolan-}.
 */
public final class EngineThreads implements AutoCloseable {
    /** Calls that start and stop attempts at the same time: enough to keep a Docker engine busy, which starts about six at once as fast as fifty. */
    static final int WORKERS = 6;

    private static final int DEPLOYMENTS = 2;

    private final ThreadPoolExecutor workers = pool("worker", WORKERS);
    private final ThreadPoolExecutor callbacks = pool("callback", 1);
    private final ThreadPoolExecutor deployments = pool("deploy", DEPLOYMENTS);

    /**
     * For launches and stops.
     *
     * @return a bounded pool
     */
    public ExecutorService workers() {
        return workers;
    }

    /**
     * For what users hang on futures: never a thread that the engine needs.
     *
     * @return one thread
     */
    public ExecutorService callbacks() {
        return callbacks;
    }

    /**
     * For service deployments, which block for as long as they take.
     *
     * @return a bounded pool
     */
    public ExecutorService deployments() {
        return deployments;
    }

    /**
     * Makes daemon threads with a name.
     *
     * @param purpose the middle of the name
     * @return the factory
     */
    public static ThreadFactory factory(String purpose) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "portolan-" + purpose + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static ThreadPoolExecutor pool(String purpose, int size) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(purpose));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public void close() {
        workers.shutdownNow();
        deployments.shutdownNow();
        callbacks.shutdown();
    }
}

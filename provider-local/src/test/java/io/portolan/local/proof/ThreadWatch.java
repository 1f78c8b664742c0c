package io.portolan.local.proof;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Looks at the threads of this JVM again and again, and keeps the greatest numbers of those that were not there at first. */
final class ThreadWatch implements AutoCloseable {
    private static final String OWN = "proof-thread-watch";

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final Set<String> names = new TreeSet<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, OWN));
    private final Future<?> looking;
    private int mostOfTheSdk;
    private int mostOfAll;

    ThreadWatch() {
        looking = timer.scheduleAtFixedRate(this::look, 0, 20, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        Set<String> now = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && !thread.getName().equals(OWN))
                .map(Thread::getName)
                .collect(Collectors.toSet());
        now.stream().filter(name -> name.startsWith("portolan-")).forEach(names::add);
        mostOfAll = Math.max(mostOfAll, now.size());
        mostOfTheSdk = Math.max(mostOfTheSdk, (int)
                now.stream().filter(name -> name.startsWith("portolan-")).count());
    }

    /** Most threads at once whose name is one of the SDK. */
    synchronized int mostOfTheSdk() {
        return mostOfTheSdk;
    }

    /** Most new threads at once, whoever made them. */
    synchronized int mostOfAll() {
        return mostOfAll;
    }

    @Override
    public synchronized String toString() {
        return "threads of the SDK " + names;
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdownNow();
    }
}

package io.portolan.local.internal.concurrent;

/** Puts an interrupt off until something that must not be left half done is done. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * Runs a task; an interrupt is seen after it only.
     *
     * @param task what must not be left half done
     */
    public static void run(Runnable task) {
        boolean interrupted = Thread.interrupted();
        try {
            task.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package io.portolan.gcp.internal.service;

/** Puts an interrupt off until something that must not be left half done is done. */
final class Uninterrupted {
    private Uninterrupted() {}

    static void run(Runnable task) {
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

package io.portolan.benchmarks.tracking;

/** The heap of this JVM. */
final class Heap {
    private static final int COLLECTIONS = 4;

    private Heap() {}

    /** Bytes that are still used after several collections. */
    static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

package io.portolan.benchmarks.engine;

import java.util.List;

/**
 * A container that ends at once.
 *
 * @param image what it is made from
 * @param owner value of the label {@value #LABEL} of what is made without the SDK
 */
public record NoOp(String image, String owner) {
    /** Label of everything that is made without the SDK. */
    public static final String LABEL = "io.portolan.benchmark";

    static final long CPU_NANOS = 1_000_000_000L;
    static final long MEMORY = 512L * 1024 * 1024;
    static final long PIDS = 4_096;
    static final String LINE = "hi";

    /**
     * What it runs.
     *
     * @return program and arguments
     */
    List<String> command() {
        return List.of("/bin/sh", "-c", "echo " + LINE);
    }
}

package io.portolan.gcp.internal.definition;

import io.portolan.spec.Cpu;
import io.portolan.spec.MemorySize;

/**
 * The size of a container.
 *
 * @param cpu in thousandths of a CPU
 * @param memory in MiB
 */
public record CloudRunSize(int cpu, long memory) {
    /** Thousandths of one CPU. */
    public static final int ONE = 1000;

    /**
     * Whether it has less than one CPU: then it answers one request at a time, and has its CPU during requests only.
     *
     * @return true if it does
     */
    public boolean isFraction() {
        return cpu < ONE;
    }

    /**
     * The CPU as the API takes it.
     *
     * @return for example {@code 2} or {@code 250m}
     */
    public String cpuText() {
        return Cpu.millis(cpu).toString();
    }

    /**
     * The memory as the API takes it.
     *
     * @return for example {@code 512Mi} or {@code 4Gi}
     */
    public String memoryText() {
        return MemorySize.mebibytes(memory).toString();
    }

    /** For example {@code 2 vCPU and 4 GiB}. */
    @Override
    public String toString() {
        String cores = cpu % ONE == 0 ? Integer.toString(cpu / ONE) : Double.toString(cpu / (double) ONE);
        return cores + " vCPU and " + text(MemorySize.mebibytes(memory));
    }

    /**
     * An amount in words.
     *
     * @param size memory or disk
     * @return for example {@code 4 GiB}
     */
    public static String text(MemorySize size) {
        String text = size.toString();
        return Character.isDigit(text.charAt(text.length() - 1))
                ? text + " bytes"
                : text.substring(0, text.length() - 2) + " " + text.substring(text.length() - 2) + "B";
    }
}

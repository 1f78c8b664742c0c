package io.portolan.aws.internal.definition;

import io.portolan.spec.MemorySize;

/**
 * The size of a task.
 *
 * @param cpu in ECS units, 1024 a core
 * @param memory in MiB
 */
public record TaskSize(int cpu, long memory) {
    /** ECS units of one core. */
    static final int CORE = 1024;

    /** For example {@code 0.5 vCPU and 4 GiB}. */
    @Override
    public String toString() {
        String cores = cpu % CORE == 0 ? Integer.toString(cpu / CORE) : Double.toString(cpu / (double) CORE);
        return cores + " vCPU and " + text(MemorySize.mebibytes(memory));
    }

    /**
     * An amount as AWS writes it.
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

    static int units(int millis) {
        return (int) ((millis * (long) CORE + 999) / 1000);
    }
}

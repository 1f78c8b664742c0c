package io.portolan.gcp.internal.definition;

import io.portolan.spec.Cpu;
import io.portolan.spec.MemorySize;

/**
 * A model of GPU that Cloud Run has.
 *
 * @param model as the spec names it
 * @param accelerator as the node selector names it
 * @param least the least CPU and memory beside it
 * @param ownShapes whether the usual sizes do not hold beside it
 */
public record GpuType(String model, String accelerator, CloudRunSize least, boolean ownShapes) {
    /**
     * What a container with this GPU gets.
     *
     * @param cpu the most processor time that is asked
     * @return at least the least
     */
    Cpu cpu(Cpu cpu) {
        return Cpu.millis(Math.max(cpu.millis(), least.cpu()));
    }

    /**
     * What a container with this GPU gets.
     *
     * @param memory the most memory that is asked
     * @return at least the least
     */
    MemorySize memory(MemorySize memory) {
        return MemorySize.mebibytes(Math.max(memory.toMebibytesCeil(), least.memory()));
    }

    /** For example {@code nvidia-l4 (from 4 vCPU and 16 GiB)}. */
    @Override
    public String toString() {
        return model + " (from " + least + ")";
    }
}

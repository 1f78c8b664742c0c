package io.portolan.aws.internal.definition;

import org.jspecify.annotations.Nullable;

/**
 * A type of EC2 instance with accelerators.
 *
 * @param type for example {@code g5.xlarge}
 * @param manufacturer of the accelerators
 * @param accelerator their model, in EC2's words
 * @param count how many; 0 for a part of one
 * @param gpuMemory MiB of each, null if EC2 does not say
 * @param vcpu processors
 * @param memory MiB
 */
public record GpuInstance(
        String type,
        String manufacturer,
        String accelerator,
        int count,
        @Nullable Long gpuMemory,
        int vcpu,
        long memory) {
    /** Graviton types have a g among the letters after the generation, as g5g. */
    boolean isArm() {
        return type.matches("[a-z]+[0-9]+[a-z]*g[a-z]*[.-].*");
    }
}

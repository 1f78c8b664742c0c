package io.portolan.spec;

import io.portolan.image.Architecture;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one task or one replica may use. Limits, not reservations: on every provider the container cannot use more.
 *
 * <p>Default: {@link #DEFAULT}, 1 core and 512 MiB, the smallest shape that all providers have. Immutable.
 */
public final class Resources {
    /** 1 core, 512 MiB, no GPU, the provider's disk, {@link Architecture#AMD64} or, on the local engine, the engine's own architecture. */
    public static final Resources DEFAULT = of(Cpu.cores(1), MemorySize.mebibytes(512));

    private final Cpu cpu;
    private final MemorySize memory;
    private final @Nullable Gpu gpu;
    private final @Nullable MemorySize ephemeralStorage;
    private final @Nullable Architecture architecture;

    private Resources(
            Cpu cpu,
            MemorySize memory,
            @Nullable Gpu gpu,
            @Nullable MemorySize ephemeralStorage,
            @Nullable Architecture architecture) {
        this.cpu = Objects.requireNonNull(cpu, "cpu");
        this.memory = Objects.requireNonNull(memory, "memory");
        this.gpu = gpu;
        this.ephemeralStorage = ephemeralStorage;
        this.architecture = architecture;
    }

    /**
     * Processor time and memory.
     *
     * @param cpu the most processor time
     * @param memory the most memory; a container that needs more is killed with cause {@code OUT_OF_MEMORY}
     * @return the resources
     */
    public static Resources of(Cpu cpu, MemorySize memory) {
        return new Resources(cpu, memory, null, null, null);
    }

    /**
     * The same with GPUs.
     *
     * @param value the GPUs
     * @return new resources
     */
    public Resources gpu(Gpu value) {
        return new Resources(cpu, memory, Objects.requireNonNull(value, "gpu"), ephemeralStorage, architecture);
    }

    /**
     * The same with a limit of the writable layer of the container.
     *
     * @param value the most disk
     * @return new resources
     */
    public Resources ephemeralStorage(MemorySize value) {
        return new Resources(cpu, memory, gpu, Objects.requireNonNull(value, "ephemeralStorage"), architecture);
    }

    /**
     * The same on one architecture.
     *
     * @param value the architecture of the image
     * @return new resources
     */
    public Resources architecture(Architecture value) {
        return new Resources(cpu, memory, gpu, ephemeralStorage, Objects.requireNonNull(value, "architecture"));
    }

    /**
     * The most processor time.
     *
     * @return the amount
     */
    public Cpu cpu() {
        return cpu;
    }

    /**
     * The most memory.
     *
     * @return the amount
     */
    public MemorySize memory() {
        return memory;
    }

    /**
     * The GPUs.
     *
     * @return the GPUs, empty for none
     */
    public Optional<Gpu> gpu() {
        return Optional.ofNullable(gpu);
    }

    /**
     * The most disk of the writable layer.
     *
     * @return the amount, empty for the provider's default
     */
    public Optional<MemorySize> ephemeralStorage() {
        return Optional.ofNullable(ephemeralStorage);
    }

    /**
     * The architecture of the image.
     *
     * @return the architecture, empty for the provider's default
     */
    public Optional<Architecture> architecture() {
        return Optional.ofNullable(architecture);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Resources that
                && cpu.equals(that.cpu)
                && memory.equals(that.memory)
                && Objects.equals(gpu, that.gpu)
                && Objects.equals(ephemeralStorage, that.ephemeralStorage)
                && architecture == that.architecture;
    }

    @Override
    public int hashCode() {
        return Objects.hash(cpu, memory, gpu, ephemeralStorage, architecture);
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("cpu ").append(cpu).append(", memory ").append(memory);
        if (gpu != null) {
            text.append(", ").append(gpu.count()).append(" x ").append(gpu.model());
        }
        if (ephemeralStorage != null) {
            text.append(", disk ").append(ephemeralStorage);
        }
        if (architecture != null) {
            text.append(", ").append(architecture.ociName());
        }
        return text.toString();
    }
}

package io.portolan.gcp.internal.definition;

import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.config.OptionNames;
import io.portolan.gcp.option.CpuAllocation;
import io.portolan.gcp.option.ExecutionEnvironment;
import io.portolan.spec.Cpu;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import io.portolan.spec.Volume;
import io.portolan.spec.VolumeMount;
import io.portolan.spec.WorkloadSpec;
import java.util.Optional;

/** The size of a container, by what is asked, its GPU and its sandbox. Pure. */
public final class SizeMapper {
    private SizeMapper() {}

    /**
     * The size.
     *
     * @param spec a job or a service
     * @param settings its settings
     * @return empty if none is large enough
     */
    public static Optional<CloudRunSize> fit(WorkloadSpec spec, GcpSettings settings) {
        Resources resources = spec.container().resources();
        CloudRunSizes sizes = CloudRunSizes.of(settings);
        Optional<GpuType> gpu = gpu(spec, settings);
        MemorySize memory = memory(spec, settings);
        if (gpu.isPresent()) {
            return withGpu(gpu.get(), resources.cpu(), memory, sizes);
        }
        Optional<CloudRunSize> fraction =
                isIdle(spec, settings) ? sizes.fraction(resources.cpu(), memory) : Optional.empty();
        return fraction.isPresent() ? fraction : sizes.fit(resources.cpu(), memory);
    }

    /**
     * The size, for mappers.
     *
     * @param spec a job or a service
     * @param settings its settings
     * @return the size
     * @throws IllegalArgumentException if none is large enough
     */
    static CloudRunSize require(WorkloadSpec spec, GcpSettings settings) {
        Resources resources = spec.container().resources();
        return fit(spec, settings)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no Cloud Run shape fits " + CloudRunSizes.asked(resources.cpu(), resources.memory())));
    }

    /**
     * The GPU.
     *
     * @param spec a job or a service
     * @param settings its settings
     * @return empty if the spec asks for none, or for one that Cloud Run does not have
     */
    public static Optional<GpuType> gpu(WorkloadSpec spec, GcpSettings settings) {
        return spec.container()
                .resources()
                .gpu()
                .flatMap(asked -> GpuTypes.of(settings).find(asked.model()));
    }

    /**
     * Whether the CPU is taken away between requests. Jobs and GPUs always have it. A service too, unless its options say otherwise: a
     * program that works in the background does so on every provider.
     *
     * @param spec a job or a service
     * @param settings its settings
     * @return the value of {@code cpuIdle}
     */
    public static boolean isIdle(WorkloadSpec spec, GcpSettings settings) {
        return !(spec instanceof JobSpec)
                && spec.container().resources().gpu().isEmpty()
                && settings.option(OptionNames.CPU_ALLOCATION)
                        .filter(CpuAllocation.REQUESTS.name()::equals)
                        .isPresent();
    }

    /**
     * Whether the container runs in the second generation of the sandbox, as far as it is known.
     *
     * @param spec a job or a service
     * @param settings its settings
     * @return true for jobs, for services with a volume that needs it, and for those that choose it
     */
    public static boolean isGen2(WorkloadSpec spec, GcpSettings settings) {
        return spec instanceof JobSpec
                || needsGen2(spec)
                || settings.option(OptionNames.EXECUTION_ENVIRONMENT)
                        .filter(ExecutionEnvironment.GEN2.name()::equals)
                        .isPresent();
    }

    static boolean needsGen2(WorkloadSpec spec) {
        return spec.container().volumes().stream().map(VolumeMount::volume).anyMatch(Volume.Named.class::isInstance);
    }

    private static Optional<CloudRunSize> withGpu(GpuType gpu, Cpu cpu, MemorySize memory, CloudRunSizes sizes) {
        Cpu atLeast = gpu.cpu(cpu);
        MemorySize room = gpu.memory(memory);
        if (!gpu.ownShapes()) {
            return sizes.fit(atLeast, room);
        }
        int whole = (atLeast.millis() + CloudRunSize.ONE - 1) / CloudRunSize.ONE * CloudRunSize.ONE;
        return Optional.of(new CloudRunSize(whole, room.toMebibytesCeil()));
    }

    private static MemorySize memory(WorkloadSpec spec, GcpSettings settings) {
        MemorySize asked = spec.container().resources().memory();
        MemorySize least = MemorySize.mebibytes(CloudRunSizes.leastOfGen2());
        return isGen2(spec, settings) && asked.compareTo(least) < 0 ? least : asked;
    }
}

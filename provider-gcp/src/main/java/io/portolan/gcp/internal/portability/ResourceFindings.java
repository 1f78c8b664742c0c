package io.portolan.gcp.internal.portability;

import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.CloudRunSize;
import io.portolan.gcp.internal.definition.CloudRunSizes;
import io.portolan.gcp.internal.definition.GpuType;
import io.portolan.gcp.internal.definition.GpuTypes;
import io.portolan.gcp.internal.definition.SizeMapper;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.Gpu;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import io.portolan.spec.WorkloadSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Size and GPU. Pure. */
final class ResourceFindings {
    private final WorkloadSpec spec;
    private final Resources resources;
    private final GcpSettings settings;
    private final FindingList findings;

    ResourceFindings(WorkloadSpec spec, GcpSettings settings, FindingList findings) {
        this.spec = spec;
        this.resources = spec.container().resources();
        this.settings = settings;
        this.findings = findings;
    }

    void all() {
        size();
        resources.gpu().ifPresent(this::gpu);
    }

    private void size() {
        String asked = CloudRunSizes.asked(resources.cpu(), resources.memory());
        Optional<CloudRunSize> size = SizeMapper.fit(spec, settings);
        if (size.isEmpty()) {
            List<CloudRunSize> nearest = CloudRunSizes.of(settings).nearest(resources.cpu(), resources.memory());
            findings.reject(
                    "resources",
                    "no Cloud Run shape fits " + asked + "; the nearest are "
                            + nearest.stream().map(CloudRunSize::toString).collect(Collectors.joining(", and ")),
                    "ask for less, split the work into tasks, or set portolan.gcp." + GcpKeys.SHAPES
                            + ".CPUS if Cloud Run has more now",
                    CloudRunSizes.source());
            return;
        }
        if (isRounded(size.get())) {
            findings.adjust(
                    "resources",
                    asked + " become " + size.get() + reason(size.get()),
                    SizeMapper.gpu(spec, settings).isPresent() ? GpuTypes.source() : CloudRunSizes.source());
        }
        if (size.get().isFraction()) {
            findings.adjust(
                    "resources.cpu", "with less than one CPU a replica answers one request at a time", Sources.CPU);
        }
    }

    private boolean isRounded(CloudRunSize size) {
        return resources.cpu().millis() != size.cpu()
                || !resources.memory().equals(MemorySize.mebibytes(size.memory()));
    }

    private String reason(CloudRunSize size) {
        Optional<GpuType> gpu = SizeMapper.gpu(spec, settings);
        if (gpu.isPresent()) {
            return ", since " + gpu.get().model() + " needs at least "
                    + gpu.get().least();
        }
        long asked = resources.memory().toMebibytesCeil();
        boolean cpu = resources.cpu().millis() != size.cpu();
        if (asked < CloudRunSizes.leastOfGen2() && size.memory() == CloudRunSizes.leastOfGen2() && !cpu) {
            return ", the least memory of this sandbox";
        }
        if (!cpu) {
            return ", the least memory beside so many CPUs";
        }
        return resources.cpu().millis() < CloudRunSize.ONE && size.cpu() == CloudRunSize.ONE
                ? ", since less than one CPU is for services with cpuAllocation REQUESTS only"
                : ", the fewest CPUs that hold both";
    }

    private void gpu(Gpu gpu) {
        String asked = gpu.count() + " x " + gpu.model();
        Optional<GpuType> type = SizeMapper.gpu(spec, settings);
        if (type.isEmpty()) {
            findings.reject(
                    "resources.gpu",
                    "Cloud Run has no " + gpu.model() + "; it has "
                            + GpuTypes.of(settings).all().stream()
                                    .map(GpuType::toString)
                                    .collect(Collectors.joining(", ")),
                    "choose one of these, or set portolan.gcp." + GcpKeys.GPUS + "." + gpu.model()
                            + " to ACCELERATOR CPUS MEMORY if Cloud Run has it now",
                    GpuTypes.source());
        } else if (gpu.count() > 1) {
            findings.reject(
                    "resources.gpu",
                    asked + ", and a container on Cloud Run has one GPU",
                    "ask for one, and for more tasks or replicas",
                    GpuTypes.source());
        } else {
            found(asked, gpu, type.get());
        }
    }

    private void found(String asked, Gpu gpu, GpuType type) {
        List<String> regions = GpuTypes.regions(type.model());
        String redundancy = settings.flag(GcpKeys.GPU_REDUNDANCY)
                ? "with zonal redundancy, which needs a quota of its own"
                : "without zonal redundancy";
        String message = asked + " as " + type.accelerator() + ", " + redundancy + "; its CPU is always allocated"
                + (GpuTypes.isPreview(type.model()) ? "; a preview" : "")
                + (regions.isEmpty() ? "" : "; known in " + String.join(", ", regions));
        boolean same = gpu.model().name().equals(type.model());
        findings.add("resources.gpu", same ? Kind.NATIVE : Kind.ADJUSTED, message, null, GpuTypes.source());
    }
}

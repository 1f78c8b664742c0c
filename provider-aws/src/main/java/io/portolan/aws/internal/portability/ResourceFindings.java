package io.portolan.aws.internal.portability;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.Capacity;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.aws.internal.definition.CapacityMapper;
import io.portolan.aws.internal.definition.FargateSizes;
import io.portolan.aws.internal.definition.GpuInstances;
import io.portolan.aws.internal.definition.TaskDefinitionMapper;
import io.portolan.aws.internal.definition.TaskSize;
import io.portolan.aws.internal.definition.TaskStorage;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import io.portolan.spec.WorkloadSpec;
import java.util.List;
import java.util.Optional;

/** Size, GPU and disk. Pure. */
final class ResourceFindings {
    private static final int MOST_NAMED = 8;
    private static final int LEAST_MEMORY = 6;

    private final WorkloadSpec spec;
    private final Resources resources;
    private final AwsSettings settings;
    private final Capacity capacity;
    private final FindingList findings;

    ResourceFindings(WorkloadSpec spec, AwsSettings settings, FindingList findings) {
        this.spec = spec;
        this.resources = spec.container().resources();
        this.settings = settings;
        this.capacity = CapacityMapper.of(spec, settings);
        this.findings = findings;
    }

    void all() {
        // A spec with a GPU will not stay on Fargate: its size there says nothing.
        if (capacity.isFargate() && resources.gpu().isEmpty()) {
            fargateSize();
        } else if (!capacity.isFargate()) {
            instanceSize();
        }
        resources.gpu().ifPresent(this::gpu);
        resources.ephemeralStorage().ifPresent(this::storage);
    }

    private void fargateSize() {
        String asked = FargateSizes.asked(resources.cpu(), resources.memory());
        Optional<TaskSize> size = FargateSizes.known().fit(resources.cpu(), resources.memory());
        if (size.isEmpty()) {
            List<TaskSize> nearest = FargateSizes.known().nearest(resources.cpu(), resources.memory());
            findings.reject(
                    "resources",
                    "no Fargate shape fits " + asked + "; the nearest are " + nearest.get(0) + ", and "
                            + nearest.get(1),
                    "ask for less, or set portolan.aws." + AwsKeys.CAPACITY + " to EC2",
                    FargateSizes.SOURCE);
            return;
        }
        if (isRounded(size.get())) {
            findings.adjust("resources", asked + " become " + size.get(), FargateSizes.SOURCE);
        }
        if (TaskDefinitionMapper.isTimed(spec, settings)) {
            findings.adjust(
                    "resources.memory",
                    TaskDefinitionMapper.TIMER_MEMORY + " MiB of "
                            + TaskSize.text(MemorySize.mebibytes(size.get().memory())) + " are the timer's",
                    null);
        }
    }

    private boolean isRounded(TaskSize size) {
        return resources.cpu().millis() * 1024L != size.cpu() * 1000L
                || !resources.memory().equals(MemorySize.mebibytes(size.memory()));
    }

    private void instanceSize() {
        TaskSize size = TaskDefinitionMapper.size(spec, settings);
        if (resources.cpu().millis() * 1024L < size.cpu() * 1000L - 1000L) {
            findings.adjust(
                    "resources.cpu",
                    "cpu " + resources.cpu() + " becomes " + size.cpu() + " units, the least that ECS takes",
                    "ECS API, RegisterTaskDefinitionRequest.cpu (2026-08)");
        }
        if (resources.memory().toMebibytesCeil() < LEAST_MEMORY) {
            findings.reject(
                    "resources.memory",
                    "memory " + TaskSize.text(resources.memory()) + " is less than the 6 MiB that Docker needs",
                    "ask for 6 MiB or more",
                    Sources.CONTAINER);
        }
    }

    private void gpu(Gpu gpu) {
        List<String> types = GpuInstances.known().fitting(resources);
        String asked = gpu.count() + " x " + gpu.model();
        if (capacity.isFargate()) {
            findings.reject(
                    "resources.gpu",
                    "Fargate has no GPUs; " + asked + " with "
                            + FargateSizes.asked(resources.cpu(), resources.memory()) + " fit "
                            + (types.isEmpty() ? "no EC2 instance type" : "EC2 instance types " + some(types)),
                    "set portolan.aws." + AwsKeys.GPU_CAPACITY + "." + gpu.model()
                            + " to a capacity provider with such instances, or portolan.aws." + AwsKeys.CAPACITY
                            + " to EC2",
                    Sources.FARGATE);
            return;
        }
        if (capacity.kind() == Capacity.Kind.PROVIDER) {
            findings.add(
                    "resources.gpu",
                    Kind.NATIVE,
                    asked + " of the capacity provider '" + capacity.name()
                            + "'; it decides on the model, ECS looks at the number",
                    null,
                    GpuInstances.SOURCE);
            return;
        }
        List<String> placed = CapacityMapper.instanceTypes(spec, settings);
        if (!placed.isEmpty()) {
            findings.add(
                    "resources.gpu",
                    Kind.NATIVE,
                    asked + " on instances of type " + some(placed),
                    null,
                    GpuInstances.SOURCE);
        } else if (gpu.model().equals(GpuModel.NVIDIA_ANY)) {
            findings.add(
                    "resources.gpu",
                    Kind.NATIVE,
                    asked + " on any instance that has as many",
                    null,
                    GpuInstances.SOURCE);
        } else {
            findings.reject(
                    "resources.gpu",
                    "no known EC2 instance type has " + asked + " with "
                            + FargateSizes.asked(resources.cpu(), resources.memory()),
                    "ask for less, or set option " + OptionNames.INSTANCE_TYPES + " to types that have it",
                    GpuInstances.SOURCE);
        }
    }

    private void storage(MemorySize asked) {
        if (!capacity.isFargate()) {
            findings.ignore("resources.ephemeralStorage", "the disk is the instance's, and ECS sets no limit on it");
        } else if (!TaskStorage.fits(asked)) {
            findings.reject(
                    "resources.ephemeralStorage",
                    "a task on Fargate has at most " + TaskStorage.MOST + " GiB of disk, not " + TaskSize.text(asked),
                    "ask for " + TaskStorage.MOST + " GiB or less, or use a named volume",
                    Sources.STORAGE);
        } else {
            int becomes = TaskStorage.gibibytes(asked).orElse(TaskStorage.BASE);
            if (!asked.equals(MemorySize.gibibytes(becomes))) {
                findings.adjust(
                        "resources.ephemeralStorage",
                        TaskSize.text(asked) + " become " + becomes + " GiB",
                        Sources.STORAGE);
            }
        }
    }

    private static String some(List<String> types) {
        return String.join(", ", types.subList(0, Math.min(MOST_NAMED, types.size())))
                + (types.size() > MOST_NAMED ? " and " + (types.size() - MOST_NAMED) + " more" : "");
    }
}

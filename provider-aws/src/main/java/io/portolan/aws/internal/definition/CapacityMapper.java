package io.portolan.aws.internal.definition;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.Capacity;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.WorkloadSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementConstraintType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/** Where the tasks of a spec run. Pure. */
public final class CapacityMapper {
    private CapacityMapper() {}

    /**
     * Where the tasks run: for a spec with a GPU, the capacity provider that is configured for its model; else the capacity that is set.
     *
     * @param spec a job or a service
     * @param settings its settings
     * @return the capacity
     */
    public static Capacity of(WorkloadSpec spec, AwsSettings settings) {
        return spec.container()
                .resources()
                .gpu()
                .map(gpu -> settings.config()
                        .under(AwsKeys.GPU_CAPACITY)
                        .get(gpu.model().name()))
                .map(Capacity::of)
                .orElseGet(settings::capacity);
    }

    /**
     * Says where an attempt of a job runs.
     *
     * @param spec the job
     * @param settings its settings
     * @param request what to say it to
     */
    public static void apply(WorkloadSpec spec, AwsSettings settings, RunTaskRequest.Builder request) {
        Capacity capacity = of(spec, settings);
        LaunchType launchType = launchType(capacity);
        if (launchType == null) {
            request.capacityProviderStrategy(strategy(capacity));
        } else {
            request.launchType(launchType);
        }
        if (capacity.isFargate()) {
            settings.option(OptionNames.PLATFORM_VERSION).ifPresent(request::platformVersion);
        }
        List<PlacementConstraint> constraints = constraints(spec, settings, capacity);
        if (!constraints.isEmpty()) {
            request.placementConstraints(constraints);
        }
    }

    /**
     * Says where the replicas of a service run.
     *
     * @param spec the service
     * @param settings its settings
     * @param request what to say it to
     */
    public static void apply(WorkloadSpec spec, AwsSettings settings, CreateServiceRequest.Builder request) {
        Capacity capacity = of(spec, settings);
        LaunchType launchType = launchType(capacity);
        if (launchType == null) {
            request.capacityProviderStrategy(strategy(capacity));
        } else {
            request.launchType(launchType);
        }
        if (capacity.isFargate()) {
            settings.option(OptionNames.PLATFORM_VERSION).ifPresent(request::platformVersion);
        }
        List<PlacementConstraint> constraints = constraints(spec, settings, capacity);
        if (!constraints.isEmpty()) {
            request.placementConstraints(constraints);
        }
    }

    /**
     * The instance types that may run a spec: those of the option, else, on instances of the account, those with the GPUs that it asks for.
     *
     * @param spec a job or a service
     * @param settings its settings
     * @return empty for any
     */
    public static List<String> instanceTypes(WorkloadSpec spec, AwsSettings settings) {
        List<String> asked = settings.option(OptionNames.INSTANCE_TYPES)
                .map(types -> Arrays.stream(types.split(","))
                        .map(String::strip)
                        .filter(type -> !type.isEmpty())
                        .toList())
                .orElse(List.of());
        // Any GPU is what the resource requirement says already; the account may have types that the table does not.
        boolean byModel = of(spec, settings).kind() == Capacity.Kind.EC2
                && spec.container()
                        .resources()
                        .gpu()
                        .map(Gpu::model)
                        .filter(model -> !model.equals(GpuModel.NVIDIA_ANY))
                        .isPresent();
        return asked.isEmpty() && byModel
                ? GpuInstances.known().fitting(spec.container().resources())
                : asked;
    }

    private static List<PlacementConstraint> constraints(WorkloadSpec spec, AwsSettings settings, Capacity capacity) {
        List<String> types = capacity.isFargate() ? List.of() : instanceTypes(spec, settings);
        return types.isEmpty()
                ? List.of()
                : List.of(PlacementConstraint.builder()
                        .type(PlacementConstraintType.MEMBER_OF)
                        .expression("attribute:ecs.instance-type in [" + String.join(", ", types) + "]")
                        .build());
    }

    /** Null for what ECS takes by a capacity provider strategy only. */
    private static @Nullable LaunchType launchType(Capacity capacity) {
        return switch (capacity.kind()) {
            case FARGATE -> LaunchType.FARGATE;
            case EC2 -> LaunchType.EC2;
            case FARGATE_SPOT, PROVIDER -> null;
        };
    }

    private static CapacityProviderStrategyItem strategy(Capacity capacity) {
        return CapacityProviderStrategyItem.builder()
                .capacityProvider(capacity.name())
                .weight(1)
                .build();
    }
}

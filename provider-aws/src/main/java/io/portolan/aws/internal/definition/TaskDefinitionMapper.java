package io.portolan.aws.internal.definition;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.Capacity;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.aws.internal.config.RequestPatch;
import io.portolan.image.Architecture;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.JobSpec;
import io.portolan.spec.Port;
import io.portolan.spec.Resources;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.WorkloadSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.ApplicationProtocol;
import software.amazon.awssdk.services.ecs.model.CPUArchitecture;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.OSFamily;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/** The task definition of a job or a service. Pure. */
public final class TaskDefinitionMapper {
    /** The container that runs what the spec says. Express services need this name. */
    public static final String CONTAINER = "Main";

    /** The container that ends a task at its timeout. */
    public static final String TIMER = "portolan-timer";

    /** MiB of the task's memory that the timer has. */
    public static final int TIMER_MEMORY = 64;

    /** Least processor time of a task on instances. Source: ECS API, RegisterTaskDefinitionRequest.cpu (2026-08). */
    private static final int LEAST_CPU = 128;

    private TaskDefinitionMapper() {}

    /**
     * The definition of a job: everything but what {@link JobOverrides} say of each attempt.
     *
     * @param spec the job
     * @param settings its settings
     * @param region where it runs
     * @return the request, with its tags
     */
    public static RegisterTaskDefinitionRequest job(JobSpec spec, AwsSettings settings, String region) {
        ContainerDefinition.Builder main = new ContainerMapper(spec, settings, region).map(true);
        if (!JobOverrides.fits(spec)) {
            words(main, spec.container());
            variables(main, spec.container().env());
        }
        RegisterTaskDefinitionRequest.Builder task = task(spec, settings, "job");
        boolean timed = isTimed(spec, settings);
        List<ContainerDefinition> containers = new ArrayList<>();
        containers.add(sized(main, spec, settings, timed).build());
        if (timed) {
            containers.add(timer(spec.timeout().orElseThrow(), settings));
        }
        return finished(
                task.containerDefinitions(containers), settings, Labels.of(spec, Labels.JOB, settings.application()));
    }

    /**
     * The definition of a service.
     *
     * @param spec the service
     * @param settings its settings
     * @param region where it runs
     * @return the request, with its tags
     */
    public static RegisterTaskDefinitionRequest service(ServiceSpec spec, AwsSettings settings, String region) {
        ContainerDefinition.Builder main = new ContainerMapper(spec, settings, region).map(false);
        words(main, spec.container());
        Map<String, String> environment = new LinkedHashMap<>(spec.container().env());
        environment.put("PORT", Integer.toString(spec.port().number()));
        environment.put("K_SERVICE", spec.name());
        variables(main, environment);
        main.portMappings(port(spec.port()));
        HealthCheckMapper.probe(spec).map(HealthCheckMapper::map).ifPresent(main::healthCheck);
        RegisterTaskDefinitionRequest.Builder task = task(spec, settings, "svc");
        task.containerDefinitions(sized(main, spec, settings, false).build());
        return finished(task, settings, Labels.of(spec, Labels.SERVICE, settings.application()));
    }

    /**
     * The size of the task.
     *
     * @param spec a job or a service
     * @param settings its settings
     * @return on Fargate a size that exists; on instances what is asked, and the timer's memory
     */
    public static TaskSize size(WorkloadSpec spec, AwsSettings settings) {
        Resources resources = spec.container().resources();
        if (CapacityMapper.of(spec, settings).isFargate()) {
            return FargateSizes.known().require(resources);
        }
        long memory = resources.memory().toMebibytesCeil();
        return new TaskSize(
                Math.max(LEAST_CPU, TaskSize.units(resources.cpu().millis())),
                isTimed(spec, settings) ? memory + TIMER_MEMORY : memory);
    }

    /**
     * Whether a timer runs beside the job.
     *
     * @param spec a job or a service
     * @param settings its settings
     * @return true for a job with a timeout that asks for it
     */
    public static boolean isTimed(WorkloadSpec spec, AwsSettings settings) {
        return spec instanceof JobSpec job
                && job.timeout().isPresent()
                && settings.option(OptionNames.SERVER_TIMEOUT)
                        .map(Boolean::parseBoolean)
                        .orElse(false);
    }

    private static RegisterTaskDefinitionRequest.Builder task(WorkloadSpec spec, AwsSettings settings, String kind) {
        Capacity capacity = CapacityMapper.of(spec, settings);
        boolean network =
                capacity.isFargate() || !settings.list(AwsKeys.SUBNETS).isEmpty();
        TaskSize size = size(spec, settings);
        RegisterTaskDefinitionRequest.Builder task = RegisterTaskDefinitionRequest.builder()
                .family("portolan-" + settings.application() + "-" + kind + "-" + spec.name())
                .requiresCompatibilities(compatibilities(capacity, network))
                .networkMode(network ? NetworkMode.AWSVPC : NetworkMode.BRIDGE)
                .runtimePlatform(p -> p.operatingSystemFamily(OSFamily.LINUX)
                        .cpuArchitecture(architecture(spec.container().resources())))
                .cpu(Integer.toString(size.cpu()))
                .memory(Long.toString(size.memory()));
        settings.text(AwsKeys.EXECUTION_ROLE).ifPresent(task::executionRoleArn);
        settings.text(AwsKeys.TASK_ROLE).ifPresent(task::taskRoleArn);
        if (capacity.isFargate()) {
            spec.container()
                    .resources()
                    .ephemeralStorage()
                    .flatMap(TaskStorage::gibibytes)
                    .ifPresent(gib -> task.ephemeralStorage(s -> s.sizeInGiB(gib)));
        }
        if (!VolumeMapper.volumes(spec.container(), settings).isEmpty()) {
            task.volumes(VolumeMapper.volumes(spec.container(), settings));
        }
        return task;
    }

    /** A capacity provider may be a group of instances or managed ones, which need a network interface for each task. */
    private static List<Compatibility> compatibilities(Capacity capacity, boolean network) {
        if (capacity.isFargate()) {
            return List.of(Compatibility.FARGATE);
        }
        return capacity.kind() == Capacity.Kind.PROVIDER && network
                ? List.of(Compatibility.EC2, Compatibility.MANAGED_INSTANCES)
                : List.of(Compatibility.EC2);
    }

    private static CPUArchitecture architecture(Resources resources) {
        return resources.architecture().orElse(Architecture.AMD64) == Architecture.ARM64
                ? CPUArchitecture.ARM64
                : CPUArchitecture.X86_64;
    }

    /** The container's own limit is what makes the memory a hard limit of this container. */
    private static ContainerDefinition.Builder sized(
            ContainerDefinition.Builder main, WorkloadSpec spec, AwsSettings settings, boolean timed) {
        long memory = size(spec, settings).memory();
        return main.memory((int) (timed ? memory - TIMER_MEMORY : memory));
    }

    private static ContainerDefinition timer(Duration timeout, AwsSettings settings) {
        return ContainerDefinition.builder()
                .name(TIMER)
                .image(settings.required(AwsKeys.TIMER_IMAGE))
                .essential(true)
                .command("sleep", Integer.toString(HealthCheckMapper.seconds(timeout)))
                .memory(TIMER_MEMORY)
                .build();
    }

    private static void words(ContainerDefinition.Builder main, ContainerSpec container) {
        if (!container.args().isEmpty()) {
            main.command(container.args());
        }
    }

    private static void variables(ContainerDefinition.Builder main, Map<String, String> environment) {
        if (!environment.isEmpty()) {
            main.environment(JobOverrides.variables(environment));
        }
    }

    private static PortMapping port(Port port) {
        boolean http = port.protocol() == Port.Protocol.HTTP;
        PortMapping.Builder mapping = PortMapping.builder()
                .name(http ? "http" : "tcp")
                .containerPort(port.number())
                .protocol(TransportProtocol.TCP);
        if (http) {
            mapping.appProtocol(ApplicationProtocol.HTTP);
        }
        return mapping.build();
    }

    /** The patch comes before the tags, so that the hash covers it. */
    private static RegisterTaskDefinitionRequest finished(
            RegisterTaskDefinitionRequest.Builder task, AwsSettings settings, Map<String, String> labels) {
        RegisterTaskDefinitionRequest request = RequestPatch.apply(settings, "RegisterTaskDefinition", task.build());
        Map<String, String> tags = new LinkedHashMap<>(Labels.of(request.tags()));
        tags.putAll(labels);
        tags.put(Labels.CONTENT_HASH, ContentHash.of(request));
        return request.toBuilder().tags(Labels.tags(tags)).build();
    }
}

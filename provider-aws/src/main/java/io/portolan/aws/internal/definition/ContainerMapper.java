package io.portolan.aws.internal.definition;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.WorkloadSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;
import software.amazon.awssdk.services.ecs.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tmpfs;

/** What jobs and services have in common in their container. Pure. */
final class ContainerMapper {
    private final WorkloadSpec spec;
    private final AwsSettings settings;
    private final String region;

    ContainerMapper(WorkloadSpec spec, AwsSettings settings, String region) {
        this.spec = spec;
        this.settings = settings;
        this.region = region;
    }

    ContainerDefinition.Builder map(boolean blockingLogs) {
        ContainerSpec container = spec.container();
        ContainerDefinition.Builder definition = ContainerDefinition.builder()
                .name(TaskDefinitionMapper.CONTAINER)
                .image(container.image().toString())
                .essential(true)
                .logConfiguration(logs(blockingLogs))
                .stopTimeout(StopTime.of(container.stopGracePeriod(), CapacityMapper.of(spec, settings)));
        if (!container.command().isEmpty()) {
            definition.entryPoint(container.command());
        }
        if (!container.secretEnv().isEmpty()) {
            definition.secrets(secrets());
        }
        container.user().ifPresent(definition::user);
        container.workingDirectory().ifPresent(definition::workingDirectory);
        if (container.readOnlyRootFilesystem()) {
            definition.readonlyRootFilesystem(true);
        }
        if (VolumeMapper.mountPoints(container).size() > 0) {
            definition.mountPoints(VolumeMapper.mountPoints(container));
        }
        linux(definition);
        container
                .resources()
                .gpu()
                .ifPresent(gpu -> definition.resourceRequirements(ResourceRequirement.builder()
                        .type(ResourceType.GPU)
                        .value(Integer.toString(gpu.count()))
                        .build()));
        return definition;
    }

    private void linux(ContainerDefinition.Builder definition) {
        List<Tmpfs> tmpfs = VolumeMapper.tmpfs(spec.container());
        boolean init = spec.container().initProcess();
        if (!init && tmpfs.isEmpty()) {
            return;
        }
        LinuxParameters.Builder linux = LinuxParameters.builder();
        if (init) {
            linux.initProcessEnabled(true);
        }
        if (!tmpfs.isEmpty()) {
            linux.tmpfs(tmpfs);
        }
        definition.linuxParameters(linux.build());
    }

    /**
     * A job waits for its log: a line that is lost may be its result. A service rather loses lines than answers.
     */
    private LogConfiguration logs(boolean blocking) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("awslogs-group", settings.logGroup());
        options.put("awslogs-region", region);
        options.put("awslogs-stream-prefix", spec.name());
        options.put("mode", blocking ? "blocking" : "non-blocking");
        if (!blocking) {
            options.put("max-buffer-size", "25m");
        }
        return LogConfiguration.builder()
                .logDriver(LogDriver.AWSLOGS)
                .options(options)
                .build();
    }

    private List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>();
        spec.container()
                .secretEnv()
                .forEach((variable, reference) -> secrets.add(Secret.builder()
                        .name(variable)
                        .valueFrom(SecretMapper.valueFrom(reference, settings, region)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "secret '" + reference.name() + "' has no place; set portolan.aws."
                                                + AwsKeys.SECRETS + "." + reference.name())))
                        .build()));
        return secrets;
    }
}

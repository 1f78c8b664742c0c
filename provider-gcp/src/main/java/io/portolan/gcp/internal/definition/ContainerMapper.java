package io.portolan.gcp.internal.definition;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.ResourceRequirements;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.config.OptionNames;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.WorkloadSpec;

/** What jobs and services have in common in their container. Pure. */
public final class ContainerMapper {
    /** The name of the container: overrides and patches find it by this. */
    public static final String NAME = "main";

    private ContainerMapper() {}

    static Container.Builder map(WorkloadSpec spec, GcpSettings settings, VolumeMapper volumes) {
        ContainerSpec container = spec.container();
        Container.Builder mapped = Container.newBuilder()
                .setName(NAME)
                .setImage(container.image().toString())
                .addAllCommand(container.command())
                .addAllArgs(container.args())
                .setResources(resources(spec, settings))
                .addAllVolumeMounts(volumes.mounts());
        container
                .env()
                .forEach((name, value) ->
                        mapped.addEnv(EnvVar.newBuilder().setName(name).setValue(value)));
        container.secretEnv().forEach((name, secret) -> mapped.addEnv(SecretMapper.variable(name, secret, settings)));
        container.workingDirectory().ifPresent(mapped::setWorkingDir);
        return mapped;
    }

    /** Whether the CPU is taken away between requests is always said: what is left out means one thing with resources, another without. */
    private static ResourceRequirements resources(WorkloadSpec spec, GcpSettings settings) {
        CloudRunSize size = SizeMapper.require(spec, settings);
        ResourceRequirements.Builder resources = ResourceRequirements.newBuilder()
                .putLimits("cpu", size.cpuText())
                .putLimits("memory", size.memoryText())
                .setCpuIdle(SizeMapper.isIdle(spec, settings))
                .setStartupCpuBoost(
                        settings.optionFlag(OptionNames.STARTUP_BOOST).orElse(false));
        SizeMapper.gpu(spec, settings).ifPresent(gpu -> resources.putLimits("nvidia.com/gpu", "1"));
        return resources.build();
    }
}

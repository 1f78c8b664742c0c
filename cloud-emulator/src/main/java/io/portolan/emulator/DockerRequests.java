package io.portolan.emulator;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import java.util.List;

/** Puts containers in the words of the engine. */
final class DockerRequests {
    private static final long MEBIBYTE = 1024L * 1024;
    private static final long NANOS_OF_A_UNIT = 1_000_000_000L / 1024;

    private DockerRequests() {}

    static CreateContainerCmd create(
            DockerContainers runtime, ContainerRuntime.TaskSpec task, ContainerRuntime.ContainerSpec spec) {
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode(runtime.network(task.network()))
                .withReadonlyRootfs(spec.readOnly())
                .withInit(spec.init())
                .withTmpFs(spec.tmpfs())
                .withBinds(binds(runtime, spec))
                .withPortBindings(spec.ports().stream()
                        .map(port -> new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(port)))
                        .toList());
        limit(host, task, spec);
        CreateContainerCmd command = runtime.docker()
                .createContainerCmd(spec.image())
                .withName("portolan-emulator-" + runtime.id() + "-" + task.id() + "-" + spec.name())
                .withLabels(runtime.labels())
                .withHostConfig(host)
                .withAliases(spec.aliases())
                .withExposedPorts(spec.ports().stream().map(ExposedPort::tcp).toList())
                .withEnv(spec.environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList());
        List<String> entryPoint = DockerContainers.orEmpty(spec.entryPoint());
        if (!entryPoint.isEmpty()) {
            command.withEntrypoint(entryPoint);
        }
        List<String> arguments = DockerContainers.orEmpty(spec.command());
        if (!arguments.isEmpty()) {
            command.withCmd(arguments);
        }
        if (spec.user() != null) {
            command.withUser(spec.user());
        }
        if (spec.workingDirectory() != null) {
            command.withWorkingDir(spec.workingDirectory());
        }
        return command;
    }

    private static List<Bind> binds(DockerContainers runtime, ContainerRuntime.ContainerSpec spec) {
        return spec.mounts().stream()
                .map(mount -> new Bind(
                        runtime.volume(mount.volume()),
                        new Volume(mount.path()),
                        mount.readOnly() ? AccessMode.ro : AccessMode.rw))
                .toList();
    }

    private static void limit(HostConfig host, ContainerRuntime.TaskSpec task, ContainerRuntime.ContainerSpec spec) {
        long memory = spec.memoryMiB() > 0 ? spec.memoryMiB() : task.memoryMiB();
        if (memory > 0) {
            host.withMemory(memory * MEBIBYTE).withMemorySwap(memory * MEBIBYTE);
        }
        int units = spec.cpuUnits() > 0 ? spec.cpuUnits() : task.cpuUnits();
        if (units > 0) {
            // The engine refuses more than the machine has.
            int most = Runtime.getRuntime().availableProcessors() * 1024;
            host.withNanoCPUs(Math.min(units, most) * NANOS_OF_A_UNIT);
        }
    }
}

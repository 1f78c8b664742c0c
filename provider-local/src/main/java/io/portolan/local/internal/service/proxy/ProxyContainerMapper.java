package io.portolan.local.internal.service.proxy;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import io.portolan.local.internal.container.ContainerModel;
import io.portolan.local.internal.container.ContainerModel.Command;
import io.portolan.local.internal.container.ContainerModel.Endpoint;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.container.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the container of HAProxy for a service. Pure. */
final class ProxyContainerMapper {
    /** Where the configuration lies. In a directory that every image has. */
    static final String CONFIG_DIRECTORY = "/etc";

    static final String CONFIG_FILE = "portolan-haproxy.cfg";

    /** The label with the stable host port, 0 for an internal service. */
    static final String PORT = "io.portolan.port";

    /** The user of the official image. Any user does, as HAProxy needs no privilege. */
    private static final String USER = "99:99";

    private static final long MEMORY = 256L * 1024 * 1024;
    private static final long OPEN_FILES = 16_384;

    private ProxyContainerMapper() {}

    static String name(String application, String service, int hostPort) {
        return Names.network(application) + "_" + service + "_proxy-" + (hostPort == 0 ? "internal" : hostPort);
    }

    /**
     * The container.
     *
     * @param application whose
     * @param service the service, whose name is the container's name on the network
     * @param image HAProxy
     * @param hostPort the stable port on the loopback address, 0 for none
     * @return the container
     */
    static ContainerModel map(String application, String service, String image, int hostPort) {
        Map<String, String> labels = Labels.of(application, Kind.PROXY);
        labels.put(Labels.SERVICE, service);
        labels.put(PORT, Integer.toString(hostPort));
        ExposedPort edge = ExposedPort.tcp(HaproxyConfig.EDGE_PORT);
        ExposedPort monitor = ExposedPort.tcp(HaproxyConfig.MONITOR_PORT);
        List<PortBinding> published = new ArrayList<>();
        published.add(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), monitor));
        if (hostPort != 0) {
            published.add(new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", hostPort), edge));
        }
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode(Names.network(application))
                .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                .withPortBindings(published)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                // Services may listen on 80, and HAProxy with them, without any privilege.
                .withSysctls(Map.of("net.ipv4.ip_unprivileged_port_start", "0"))
                // A name that is gone must not hold up the start: Docker asks the name servers of the machine about it.
                .withDnsOptions(List.of("timeout:1", "attempts:1"))
                .withUlimits(List.of(new Ulimit("nofile", OPEN_FILES, OPEN_FILES)))
                .withMemory(MEMORY)
                .withMemorySwap(MEMORY);
        return new ContainerModel(
                name(application, service, hostPort),
                image,
                new Command(
                        List.of("haproxy"),
                        List.of("-W", "-db", "-f", CONFIG_DIRECTORY + "/" + CONFIG_FILE),
                        List.of(),
                        USER,
                        null,
                        1),
                labels,
                host,
                new Endpoint(List.of(edge, monitor), List.of(service)),
                null);
    }
}

package io.portolan.local.internal.service.proxy;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;
import io.portolan.local.internal.container.Labels;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A proxy's container, as it was when it was looked at.
 *
 * @param id the engine's id
 * @param service whose
 * @param hostPort the stable port, 0 for an internal service
 * @param running whether it runs
 * @param monitorPort where the loopback address reaches its monitor, 0 if it does not run
 */
record ProxyContainer(String id, String service, int hostPort, boolean running, int monitorPort) {
    /** Empty if the container was not made by {@link ProxyContainerMapper}. */
    static Optional<ProxyContainer> of(Container container) {
        String service = container.getLabels().get(Labels.SERVICE);
        String port = container.getLabels().getOrDefault(ProxyContainerMapper.PORT, "");
        if (service == null || !port.matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int monitor = Arrays.stream(Objects.requireNonNullElse(container.getPorts(), new ContainerPort[0]))
                .filter(p -> Objects.equals(p.getPrivatePort(), HaproxyConfig.MONITOR_PORT))
                .map(ContainerPort::getPublicPort)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(0);
        return Optional.of(new ProxyContainer(
                container.getId(), service, Integer.parseInt(port), "running".equals(container.getState()), monitor));
    }
}

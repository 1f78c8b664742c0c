package io.portolan.local.internal.service;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import io.portolan.local.internal.container.ContainerModel;
import io.portolan.local.internal.container.ContainerModel.Endpoint;
import io.portolan.local.internal.container.ContainerRequest;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.container.Names;
import io.portolan.spec.ServiceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the container of a replica out of a service. Pure. */
final class ReplicaMapper {
    private ReplicaMapper() {}

    static String containerName(String application, String service, ReplicaId id) {
        return Names.network(application) + "_" + service + "_" + id.name();
    }

    /**
     * The request for the container, which brings no secrets yet.
     *
     * @param application whose
     * @param spec the service
     * @param id which replica
     * @param specHash hash of the spec
     * @return the request
     */
    static ContainerRequest request(String application, ServiceSpec spec, ReplicaId id, String specHash) {
        Map<String, String> labels = Labels.of(application, Kind.REPLICA);
        labels.put(Labels.SERVICE, spec.name());
        labels.put(Labels.REVISION, Integer.toString(id.revision()));
        labels.put(Labels.REPLICA, id.name());
        labels.put(Labels.SPEC_HASH, specHash);
        labels.put(Labels.STOP_GRACE, spec.container().stopGracePeriod().toString());
        return new ContainerRequest(
                spec,
                containerName(application, spec.name(), id),
                labels,
                environment(spec, id.revision()),
                Map.of(),
                Names.network(application));
    }

    /** The user's variables and those that Cloud Run sets, by the same names. */
    static Map<String, String> environment(ServiceSpec spec, int revision) {
        Map<String, String> environment = new LinkedHashMap<>(spec.container().env());
        environment.put("PORT", Integer.toString(spec.port().number()));
        environment.put("K_SERVICE", spec.name());
        environment.put("K_CONFIGURATION", spec.name());
        environment.put("K_REVISION", "%s-%05d".formatted(spec.name(), revision));
        return environment;
    }

    /**
     * Adds what makes a container a replica: a port on the loopback address for probes, a name on the network, and that it is not
     * restarted as long as nobody has decided for it.
     *
     * @param model the container
     * @param spec the service
     * @param id which replica
     * @param aliases more names on the network
     * @return the container
     */
    static ContainerModel replica(ContainerModel model, ServiceSpec spec, ReplicaId id, List<String> aliases) {
        ExposedPort port = ExposedPort.tcp(spec.port().number());
        model.host()
                .withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), port))
                .withRestartPolicy(RestartPolicy.noRestart());
        List<String> names = new java.util.ArrayList<>(aliases);
        names.add(0, id.host(spec.name()));
        return model.with(new Endpoint(List.of(port), names));
    }
}

package io.portolan.local.internal.service;

import io.portolan.local.internal.container.ContainerMapper;
import io.portolan.local.internal.container.ContainerRendering;
import io.portolan.local.internal.container.ContainerRequest;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Names;
import io.portolan.local.internal.service.RecordLabels.Subject;
import io.portolan.local.internal.service.proxy.ContainerProxy;
import io.portolan.local.internal.service.proxy.ProxySettings;
import io.portolan.plan.NativeRequest;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.ProviderConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests of a deployment, as far as they are known without asking the engine: of the first one. Pure. */
final class ServiceRequests {
    private static final Lease LEASE = new Lease("owner", Instant.EPOCH);

    private ServiceRequests() {}

    static List<NativeRequest> of(ServiceSpec spec, ProviderConfig config) {
        String application = config.application();
        Revision revision = new Revision(1, "spec-hash", "image-id", "document", Instant.EPOCH, LEASE);
        List<NativeRequest> requests = new ArrayList<>();
        requests.add(ContainerRendering.volume(
                RecordLabels.name(application, spec.name(), Subject.REVISION, 1),
                RecordLabels.of(application, spec.name(), revision)));
        requests.add(new NativeRequest("POST /networks/create", Names.network(application), ""));
        ContainerProxy.request(ProxySettings.of(config), spec.name(), spec.exposure())
                .ifPresent(requests::add);
        ContainerMapper mapper = new ContainerMapper(config);
        int replicas = Math.max(1, spec.scaling().min());
        for (int index = 1; index <= replicas; index++) {
            ReplicaId id = new ReplicaId(1, index);
            ContainerRequest request = ReplicaMapper.request(application, spec, id, revision.specHash());
            requests.add(ContainerRendering.create(
                    ReplicaMapper.replica(mapper.map(masked(request, spec)), spec, id, List.of())));
            requests.add(new NativeRequest("POST /containers/{name}/start", request.name(), ""));
        }
        Generation generation = new Generation(1, 1, replicas, 0, Generation.Operation.DEPLOY, Instant.EPOCH);
        requests.add(ContainerRendering.volume(
                RecordLabels.name(application, spec.name(), Subject.GENERATION, 1),
                RecordLabels.of(application, spec.name(), generation)));
        return List.copyOf(requests);
    }

    private static ContainerRequest masked(ContainerRequest request, ServiceSpec spec) {
        Map<String, String> labels = new LinkedHashMap<>(request.labels());
        labels.put(Labels.SPEC_HASH, "spec-hash");
        Map<String, String> secrets = new LinkedHashMap<>();
        spec.container().secretEnv().keySet().forEach(name -> secrets.put(name, "***"));
        return new ContainerRequest(
                request.spec(), request.name(), labels, request.environment(), secrets, request.network());
    }
}

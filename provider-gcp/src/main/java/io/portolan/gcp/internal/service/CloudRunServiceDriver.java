package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceScaling;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.client.Pace;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.gcp.internal.definition.Names;
import io.portolan.gcp.internal.definition.ServiceMapper;
import io.portolan.id.ProviderId;
import io.portolan.run.OwnedResource;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Runs services on Cloud Run. Thread-safe: calls about one service follow each other within a process; of two processes the later one
 * overtakes the other, which tells it.
 *
 * <p>What is known of a revision is in its annotations: its number, its hashes and its document. A revision that did not become ready stays
 * in the list, since Cloud Run does not delete the newest one; it gets no requests.
 */
public final class CloudRunServiceDriver implements ServiceDriver {
    private final ProviderConfig config;
    private final RunServices services;
    private final Rollout rollout;
    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * A driver that has not called Google Cloud yet.
     *
     * @param clients the clients
     * @param calls makes the requests
     * @param log the last words of revisions that failed
     * @param config the section {@code portolan.gcp}
     * @param clock the time
     */
    public CloudRunServiceDriver(
            GcpClients clients, GcpCalls calls, RevisionLog log, ProviderConfig config, Clock clock) {
        this(
                new RunServicesClient(clients, calls),
                log,
                config,
                clock,
                time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    CloudRunServiceDriver(RunServices services, RevisionLog log, ProviderConfig config, Clock clock, Pace.Pause pause) {
        this.config = config;
        this.services = services;
        Duration limit = config.duration(GcpKeys.DEPLOY_TIMEOUT);
        Supplier<Pace> paces = () -> Pace.ofServices(clock, pause, limit);
        this.rollout = new Rollout(services, new ServiceWatch(services, log, paces), config, paces);
    }

    @Override
    public ServiceStatus deploy(ServiceRequest request) {
        String name = request.spec().name();
        return alone(name, () -> {
            rollout.run(Wish.of(request.spec(), config));
            return status(name);
        });
    }

    @Override
    public Optional<ServiceStatus> describe(String name) {
        return view(name).map(ServiceView::status);
    }

    @Override
    public Optional<String> document(String name, int revision) {
        return view(name)
                .flatMap(view -> view.revision(revision))
                .map(found -> found.getAnnotationsOrDefault(Labels.SPEC, ""))
                .filter(document -> !document.isEmpty());
    }

    @Override
    public List<String> services() {
        return own().stream()
                .map(service -> service.getLabelsOrDefault(Labels.NAME, ""))
                .sorted()
                .toList();
    }

    /**
     * Scales by hand, whatever the load: the number belongs to the service, so there is no new revision. With none a service answers no
     * request until it is scaled again; to sleep until one comes, a spec scales from 0.
     */
    @Override
    public ServiceStatus scale(String name, int replicas) {
        if (replicas < 0) {
            throw ServiceErrors.of(
                    ErrorCode.INVALID_ARGUMENT, name, "replicas was '" + replicas + "' but must be 0 or more");
        }
        return alone(name, () -> {
            Revision serving = view(name).flatMap(ServiceView::serving).orElseThrow(() -> ServiceErrors.absent(name));
            ServiceScaling wanted = scaling(serving, replicas);
            rollout.scale(name, resource(name), wanted);
            return status(name);
        });
    }

    /** By hand, unless its spec wants fixed numbers to be kept by the scaler and its revision may have so many. */
    private ServiceScaling scaling(Revision serving, int replicas) {
        if (replicas > 0 && replicas <= serving.getScaling().getMaxInstanceCount()) {
            ServiceSpec spec = spec(serving);
            return ServiceMapper.scaling(Scaling.fixed(replicas), GcpSettings.of(config, spec));
        }
        return ServiceScaling.newBuilder()
                .setScalingMode(ServiceScaling.ScalingMode.MANUAL)
                .setManualInstanceCount(replicas)
                .build();
    }

    /**
     * Pins the requests to the earlier revision, with the number of replicas and the access that its spec has. Makes no new revision; the
     * next deployment ends it.
     */
    @Override
    public ServiceStatus rollback(String name, int revision) {
        return alone(name, () -> {
            Optional<ServiceView> view = view(name);
            Revision earlier = view.flatMap(found -> found.revision(revision))
                    .filter(ServiceState::isReady)
                    .orElseThrow(() -> ServiceErrors.of(
                            ErrorCode.NOT_FOUND,
                            name,
                            "Service '" + name + "' has no good revision " + revision
                                    + " to go back to; look at the revisions of its status"));
            if (!view.orElseThrow().isServedBy(earlier)) {
                rollout.back(Wish.of(spec(earlier), config), earlier);
            }
            return status(name);
        });
    }

    @Override
    public void delete(String name) {
        alone(name, () -> {
            rollout.remove(name);
            return true;
        });
    }

    /**
     * A service, as a thing at Cloud Run.
     *
     * @param name its name
     * @return empty if there is none
     */
    public Optional<OwnedResource> find(String name) {
        return rollout.own(resource(name), name).map(CloudRunServiceDriver::resource);
    }

    /**
     * The services of the application, as things at Cloud Run.
     *
     * @return kind {@code service}
     */
    public List<OwnedResource> owned() {
        return own().stream().map(CloudRunServiceDriver::resource).toList();
    }

    private List<Service> own() {
        return services.services(GcpSettings.of(config).location()).stream()
                .filter(service -> !ServiceState.isGoing(service))
                .filter(service -> Rollout.isOwn(service, config))
                .toList();
    }

    private static OwnedResource resource(Service service) {
        String state = service.getTerminalCondition().getState().name();
        return new OwnedResource(
                "service",
                Shares.shortName(service.getName()),
                service.getName(),
                state,
                ServiceView.time(service.getCreateTime()),
                labels(service));
    }

    /** Ours, and the user's as they stood in the spec. */
    private static Map<String, String> labels(Service service) {
        Map<String, String> labels = new HashMap<>(service.getLabelsMap());
        labels.putAll(Labels.ofUser(service.getLabelsMap(), service.getAnnotationsMap()));
        return labels;
    }

    private String resource(String name) {
        return Names.service(GcpSettings.of(config), name);
    }

    private Optional<ServiceView> view(String name) {
        return rollout.own(resource(name), name)
                .map(service -> ServiceView.of(name, service, services.revisions(service.getName())));
    }

    private ServiceStatus status(String name) {
        return describe(name).orElseThrow(() -> ServiceErrors.deleted(name));
    }

    private static ServiceSpec spec(Revision revision) {
        if (SpecYaml.read(revision.getAnnotationsOrDefault(Labels.SPEC, "")) instanceof ServiceSpec spec) {
            return spec;
        }
        throw new IllegalStateException("the document of " + revision.getName() + " is no service");
    }

    private <T> T alone(String service, Supplier<T> work) {
        ReentrantLock lock = locks.computeIfAbsent(service, s -> new ReentrantLock());
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceErrors.of(
                    ErrorCode.CANCELLED, service, "The thread was interrupted while another call was at work");
        }
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw PortolanException.builder(ErrorCode.INVALID_ARGUMENT, String.valueOf(e.getMessage()))
                    .provider(ProviderId.GCP.value())
                    .resource(service)
                    .cause(e)
                    .build();
        } finally {
            lock.unlock();
        }
    }
}

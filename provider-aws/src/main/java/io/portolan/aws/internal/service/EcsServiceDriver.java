package io.portolan.aws.internal.service;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.client.AwsClients;
import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ProviderId;
import io.portolan.run.OwnedResource;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Runs services on ECS. Thread-safe: calls about one service follow each other within a process; of two processes the later one overtakes the
 * other, which tells it.
 */
public final class EcsServiceDriver implements ServiceDriver {
    /** A revision that is younger may belong to a service that another process is about to make. */
    private static final Duration YOUNG = Duration.ofHours(1);

    private final Runnable logGroup;
    private final ProviderConfig config;
    private final Clock clock;
    private final EcsServices services;
    private final Rollouts rollouts;
    private final Revisions revisions;
    private final ServiceReader reader;
    private final Rollout rollout;
    private final Autoscaling autoscaling;
    private final ReplicaCount count;
    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * A driver that has not called AWS yet.
     *
     * @param clients the clients
     * @param calls makes the requests
     * @param logGroup makes the log group that definitions name, before they are used
     * @param config the section {@code portolan.aws}
     * @param clock the time
     */
    public EcsServiceDriver(AwsClients clients, AwsCalls calls, Runnable logGroup, ProviderConfig config, Clock clock) {
        this(
                ServiceClients.of(clients),
                calls,
                logGroup,
                config,
                clock,
                time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    EcsServiceDriver(
            ServiceClients clients,
            AwsCalls calls,
            Runnable logGroup,
            ProviderConfig config,
            Clock clock,
            Pace.Pause pause) {
        this.logGroup = logGroup;
        this.config = config;
        this.clock = clock;
        ServiceNames names = new ServiceNames(config.application());
        String cluster = AwsSettings.of(config).required(AwsKeys.CLUSTER);
        Duration limit = config.duration(AwsKeys.DEPLOY_TIMEOUT);
        this.services = new EcsServices(clients, calls, names, cluster);
        this.rollouts = new Rollouts(clients, calls, names, cluster);
        this.revisions = new Revisions(clients, calls, names);
        this.reader = new ServiceReader(services, revisions, config);
        this.rollout = new Rollout(
                services, rollouts, revisions, reader, own -> new Pace(clock, pause, own == null ? limit : own));
        this.autoscaling = new Autoscaling(clients, calls);
        this.count = new ReplicaCount(services, autoscaling, rollout, reader, config);
    }

    @Override
    public ServiceStatus deploy(ServiceRequest request) {
        return alone(request.spec().name(), () -> deployNow(request));
    }

    private ServiceStatus deployNow(ServiceRequest request) {
        ServiceSpec spec = request.spec();
        AwsSettings settings = AwsSettings.of(config, spec);
        requireRole(spec, settings);
        logGroup.run();
        ServiceView current = settled(spec.name());
        requireSameKind(spec, settings, current);
        Revision serving = current == null ? null : current.serving();
        if (current != null && serving != null && current.isSettled()) {
            if (!serving.isGood()) { // who deployed it ended before it could say so
                revisions.mark(spec.name(), serving, Revision.Outcome.GOOD);
            }
            if (serving.specHash().equals(request.specHash())) {
                count.restore(current, spec);
                return status(spec.name());
            }
        }
        Revision underWay = underWay(request, current);
        if (underWay != null) {
            rollout.attach(new Wish(spec, settings, underWay, current));
        } else {
            List<Revision> known = current == null ? revisions.list(spec.name()) : current.revisions();
            Revision next = revisions.next(request, settings, known, used(current));
            rollout.run(new Wish(spec, settings, next, current));
        }
        count.deployed(spec, serving);
        revisions.retire(spec.name(), used(settled(spec.name())));
        return status(spec.name());
    }

    /** The revision of the same spec that another call is deploying, or this one before it was repeated. */
    private @Nullable Revision underWay(ServiceRequest request, @Nullable ServiceView current) {
        Revision wanted = current == null ? null : current.wanted();
        boolean same = wanted != null
                && wanted.specHash().equals(request.specHash())
                && wanted.outcome() != Revision.Outcome.FAILED
                && !Objects.requireNonNull(current).isSettled()
                && rollouts.list(request.spec().name()).stream().anyMatch(Rollouts::isUnderWay);
        return same ? wanted : null;
    }

    private static Set<String> used(@Nullable ServiceView view) {
        return view == null
                ? Set.of()
                : view.service().deployments().stream()
                        .map(Deployment::taskDefinition)
                        .collect(Collectors.toSet());
    }

    @Override
    public Optional<ServiceStatus> describe(String name) {
        return reader.read(name).map(ServiceView::status);
    }

    @Override
    public Optional<String> document(String name, int revision) {
        return revisions.list(name).stream()
                .filter(r -> r.number() == revision)
                .map(Revision::document)
                .findFirst();
    }

    @Override
    public List<String> services() {
        return services.all().stream()
                .filter(service -> !EcsServices.isGoing(service))
                .map(service -> Labels.of(service.tags()).getOrDefault(Labels.NAME, ""))
                .sorted()
                .toList();
    }

    @Override
    public ServiceStatus scale(String name, int replicas) {
        if (replicas < 1) {
            throw error(
                    ErrorCode.INVALID_ARGUMENT,
                    name,
                    "replicas was '" + replicas + "' but must be 1 or more; delete the service to stop it");
        }
        return alone(name, () -> {
            ServiceView current = settled(name);
            Revision serving = current == null ? null : current.serving();
            if (current == null || serving == null) {
                throw error(ErrorCode.NOT_FOUND, name, "Service '" + name + "' does not serve; deploy it first");
            }
            count.set(current, serving, replicas);
            return status(name);
        });
    }

    @Override
    public ServiceStatus rollback(String name, int revision) {
        return alone(name, () -> {
            ServiceView current = settled(name);
            Revision serving = current == null ? null : current.serving();
            if (current != null && serving != null && serving.number() == revision && current.isSettled()) {
                return status(name);
            }
            Revision earlier = (current == null ? List.<Revision>of() : current.revisions())
                    .stream()
                            .filter(r -> r.number() == revision && r.isGood())
                            .findFirst()
                            .orElseThrow(() -> error(
                                    ErrorCode.NOT_FOUND,
                                    name,
                                    "Service '" + name + "' has no good revision " + revision
                                            + " to go back to; look at the revisions of its status"));
            ServiceSpec spec = earlier.spec();
            AwsSettings settings = AwsSettings.of(config, spec);
            requireSameKind(spec, settings, current);
            if (serving != null
                    && !serving.isGood()
                    && Objects.requireNonNull(current).isSettled()) {
                revisions.mark(name, serving, Revision.Outcome.GOOD);
            }
            rollout.run(new Wish(spec, settings, earlier, current));
            count.deployed(spec, serving);
            return status(name);
        });
    }

    @Override
    public void delete(String name) {
        alone(name, () -> {
            boolean scaled = revisions.list(name).stream()
                    .map(Revision::spec)
                    .anyMatch(spec ->
                            !spec.scaling().isFixed() && !ServiceMapper.isExpress(spec, AwsSettings.of(config, spec)));
            if (scaled) {
                autoscaling.end(name, AwsSettings.of(config));
            }
            rollout.remove(name);
            return true;
        });
    }

    /**
     * The tasks of a service that run or ended a short while ago.
     *
     * @param name the service
     * @return oldest first
     */
    public List<Task> tasks(String name) {
        return Stream.of(DesiredStatus.STOPPED, DesiredStatus.RUNNING)
                .flatMap(status -> services.tasks(name, status).stream())
                .sorted(Comparator.comparing(task -> Objects.requireNonNullElse(task.createdAt(), Instant.EPOCH)))
                .toList();
    }

    /**
     * The services of the application, as things at ECS.
     *
     * @return kind {@code service}
     */
    public List<OwnedResource> owned() {
        return services.all().stream()
                .map(service -> new OwnedResource(
                        "service",
                        service.serviceName(),
                        service.serviceArn(),
                        service.status(),
                        Objects.requireNonNullElse(service.createdAt(), Instant.EPOCH),
                        Labels.of(service.tags())))
                .toList();
    }

    /**
     * Revisions whose service is gone. Those of a service that is there are kept: a rollback needs them.
     *
     * @return kind {@code task-definition}; remove them by {@link #removeLeftovers}
     */
    public List<OwnedResource> leftovers() {
        List<OwnedResource> found = new ArrayList<>();
        for (String name : revisions.services()) {
            List<Revision> known = revisions.list(name);
            boolean old = known.stream()
                    .allMatch(r -> r.createdAt().isBefore(clock.instant().minus(YOUNG)));
            if (!known.isEmpty() && old && services.find(name).isEmpty()) {
                known.forEach(r -> found.add(new OwnedResource(
                        "task-definition",
                        ServiceNames.lastPart(r.arn()),
                        r.arn(),
                        "ACTIVE",
                        r.createdAt(),
                        Map.of(Labels.NAME, name, Labels.REVISION, Integer.toString(r.number())))));
            }
        }
        return found;
    }

    /**
     * Removes what {@link #leftovers} found.
     *
     * @param found its list
     */
    public void removeLeftovers(List<OwnedResource> found) {
        found.forEach(resource ->
                revisions.remove(resource.labels().getOrDefault(Labels.NAME, resource.name()), resource.nativeId()));
    }

    /** The service as it is, null if there is none; one that is going is waited for. */
    private @Nullable ServiceView settled(String name) {
        if (services.find(name).filter(EcsServices::isGoing).isPresent()) {
            rollout.awaitFree(name);
        }
        return reader.read(name).orElse(null);
    }

    private ServiceStatus status(String name) {
        return describe(name)
                .orElseThrow(() -> error(
                        ErrorCode.CONFLICT, name, "Service '" + name + "' was deleted meanwhile by another process"));
    }

    private static void requireRole(ServiceSpec spec, AwsSettings settings) {
        if (ServiceMapper.isExpress(spec, settings)
                && settings.text(AwsKeys.INFRASTRUCTURE_ROLE).isEmpty()) {
            throw error(
                    ErrorCode.INVALID_ARGUMENT,
                    spec.name(),
                    "setting 'portolan.aws.infrastructure-role' was '' but a service with a public URL needs it: ECS makes"
                            + " the load balancer by this role");
        }
    }

    private static void requireSameKind(ServiceSpec spec, AwsSettings settings, @Nullable ServiceView current) {
        if (current != null && ServiceMapper.isExpress(spec, settings) != EcsServices.isExpress(current.service())) {
            throw error(
                    ErrorCode.CONFLICT,
                    spec.name(),
                    "Service '" + spec.name()
                            + "' exists, and ECS cannot change a service to or from an Express service;"
                            + " delete it first, or leave its exposure as it is");
        }
    }

    private <T> T alone(String service, Supplier<T> work) {
        ReentrantLock lock = locks.computeIfAbsent(service, s -> new ReentrantLock());
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw error(ErrorCode.CANCELLED, service, "The thread was interrupted while another call was at work");
        }
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw PortolanException.builder(ErrorCode.INVALID_ARGUMENT, String.valueOf(e.getMessage()))
                    .provider(ProviderId.AWS.value())
                    .resource(service)
                    .cause(e)
                    .build();
        } finally {
            lock.unlock();
        }
    }

    private static PortolanException error(ErrorCode code, String service, String message) {
        return PortolanException.builder(code, message)
                .provider(ProviderId.AWS.value())
                .resource(service)
                .build();
    }
}

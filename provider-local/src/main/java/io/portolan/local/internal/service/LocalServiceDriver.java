package io.portolan.local.internal.service;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.concurrent.Concurrently;
import io.portolan.local.internal.concurrent.Uninterrupted;
import io.portolan.local.internal.concurrent.Waiting;
import io.portolan.local.internal.container.ContainerModel;
import io.portolan.local.internal.container.Containers;
import io.portolan.local.internal.container.SecretResolver;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.service.Generation.Operation;
import io.portolan.local.internal.service.Rollout.Wish;
import io.portolan.local.internal.service.proxy.ApplicationNetwork;
import io.portolan.local.internal.service.proxy.ContainerProxy;
import io.portolan.local.internal.service.proxy.InProcessProxy;
import io.portolan.local.internal.service.proxy.ProxyKeys;
import io.portolan.local.internal.service.proxy.ProxySettings;
import io.portolan.local.internal.service.proxy.ServiceProxy;
import io.portolan.plan.NativeRequest;
import io.portolan.portability.Finding;
import io.portolan.run.OwnedResource;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs services on a Docker engine. Thread-safe: calls about one service follow each other; other processes are kept apart by what is
 * recorded at the engine.
 */
public final class LocalServiceDriver implements ServiceDriver, AutoCloseable {
    /** The settings of services, in the section {@code portolan.local}. */
    public static final List<ConfigKey> CONFIG_KEYS = ProxyKeys.ALL;

    /** For what a deployment does besides waiting for readiness. */
    private static final Duration LEASE_MARGIN = Duration.ofMinutes(5);

    private final String application;
    private final Containers containers;
    private final EngineSide side;
    private final Convergence convergence;
    private final Rollout rollout;
    private final Leftovers leftovers;
    private final LivenessWatch liveness;
    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * A driver that has not called the engine yet.
     *
     * @param engine the engine
     * @param config the settings
     * @param context clock and threads
     */
    public LocalServiceDriver(DockerEngine engine, ProviderConfig config, DriverContext context) {
        this.application = config.application();
        this.containers = new Containers(engine, config);
        ApplicationNetwork network = new ApplicationNetwork(engine, application);
        ProxySettings settings = ProxySettings.of(config);
        ServiceProxy proxy = settings.mode() == ProxySettings.Mode.CONTAINER
                ? new ContainerProxy(engine, containers, settings, network)
                : new InProcessProxy(settings, context.threads());
        this.side = new EngineSide(
                new ServiceStore(engine, application),
                new Replicas(engine, application, containers, network),
                proxy,
                network,
                new Concurrently(context.threads()),
                context.clock());
        this.convergence = new Convergence(side);
        SecretMask mask = new SecretMask(new SecretResolver(config));
        this.rollout = new Rollout(side, convergence, new Readiness(engine, side, mask));
        this.leftovers = new Leftovers(engine, application, side);
        this.liveness = new LivenessWatch(engine, side, context.threads());
    }

    /**
     * What becomes of the fields that only services have.
     *
     * @param spec the service
     * @param config the settings
     * @return in the order of fields
     */
    public static List<Finding> findings(ServiceSpec spec, ProviderConfig config) {
        return ServiceFindings.of(spec);
    }

    /**
     * The requests that a deployment makes.
     *
     * @param spec the service
     * @param config the settings
     * @return in their order
     */
    public static List<NativeRequest> requests(ServiceSpec spec, ProviderConfig config) {
        return ServiceRequests.of(spec, config);
    }

    /**
     * What services left behind and nobody needs: failed or retired revisions, proxies and networks without services.
     *
     * @return kinds {@code container}, {@code network} and {@code volume}, in the order in which they can be removed
     */
    public List<OwnedResource> leftovers() {
        return leftovers.list();
    }

    @Override
    public ServiceStatus deploy(ServiceRequest request) {
        ServiceSpec spec = request.spec();
        return alone(spec.name(), () -> {
            String imageId = ensureImage(spec);
            ServiceHistory history = settled(spec.name());
            Optional<Revision> current = history.current().flatMap(g -> history.revision(g.revision()));
            int wanted = replicas(spec);
            if (current.filter(r -> r.specHash().equals(request.specHash())
                            && r.imageId().equals(imageId))
                    .isPresent()) {
                return adjust(spec, current.get(), history, wanted);
            }
            Revision revision = claim(request, imageId, history);
            Wish wish = new Wish(Operation.DEPLOY, spec, revision, wanted, base(history));
            try {
                bringUp(wish, revision.lease());
            } catch (RuntimeException e) {
                Uninterrupted.run(() -> recordFailure(spec.name(), revision, e));
                throw e;
            }
            return status(spec.name());
        });
    }

    @Override
    public Optional<ServiceStatus> describe(String name) {
        ServiceHistory history = side.store().history(name);
        if (history.isDeleted()) {
            return Optional.empty();
        }
        List<Replica> replicas = side.replicas().list(name);
        if (history.isEmpty() && replicas.isEmpty() && !side.proxy().services().contains(name)) {
            return Optional.empty();
        }
        resume(name, history);
        StatusView view = new StatusView(
                name,
                history,
                replicas,
                side.proxy().state(name).orElse(null),
                side.proxy().hostPort(name).orElse(0));
        return Optional.of(view.status(side.now()));
    }

    @Override
    public Optional<String> document(String name, int revision) {
        return side.store().history(name).revision(revision).map(Revision::document);
    }

    @Override
    public List<String> services() {
        Set<String> names = new TreeSet<>(side.store().services());
        names.addAll(side.proxy().services());
        names.addAll(side.replicas().services());
        names.removeIf(name -> side.store().history(name).isDeleted());
        return List.copyOf(names);
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
            ServiceHistory history = settled(name);
            Revision revision = history.current()
                    .flatMap(g -> history.revision(g.revision()))
                    .orElseThrow(() ->
                            error(ErrorCode.NOT_FOUND, name, "Service '" + name + "' does not serve; deploy it first"));
            return adjust(revision.spec(), revision, history, replicas);
        });
    }

    @Override
    public ServiceStatus rollback(String name, int revision) {
        return alone(name, () -> {
            ServiceHistory history = settled(name);
            if (history.current().filter(g -> g.revision() == revision).isPresent()) {
                return status(name);
            }
            Revision earlier = history.revision(revision)
                    .filter(r -> history.wasGood(revision))
                    .orElseThrow(() -> error(
                            ErrorCode.NOT_FOUND,
                            name,
                            "Service '" + name + "' has no good revision " + revision + " to go back to; good ones: "
                                    + good(history)));
            ServiceSpec spec = earlier.spec();
            bringUp(new Wish(Operation.ROLLBACK, spec, earlier, replicas(spec), base(history)), lease(spec));
            return status(name);
        });
    }

    @Override
    public void delete(String name) {
        liveness.forget(name);
        alone(name, () -> {
            deleteNow(name);
            return true;
        });
    }

    /** Ends what lives in this JVM; services run on. */
    @Override
    public void close() {
        liveness.close();
        side.proxy().close();
    }

    /** What ends with a JVM begins again with the next one that looks. */
    private void resume(String name, ServiceHistory history) {
        history.current()
                .flatMap(g -> history.revision(g.revision()))
                .map(Revision::spec)
                .ifPresent(liveness::watch);
        ReentrantLock lock = locks.computeIfAbsent(name, s -> new ReentrantLock());
        if (side.proxy() instanceof InProcessProxy && !lock.isHeldByCurrentThread() && lock.tryLock()) {
            try {
                if (side.proxy().state(name).isEmpty() && history.current().isPresent()) {
                    convergence.run(name);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** The revision serves already: only its replicas may be other than wanted. */
    private ServiceStatus adjust(ServiceSpec spec, Revision revision, ServiceHistory history, int wanted) {
        Set<ReplicaId> usable = new TreeSet<>();
        side.replicas().list(spec.name()).stream()
                .filter(r -> !r.run().isOver())
                .map(Replica::id)
                .forEach(usable::add);
        Wish wish = new Wish(Operation.SCALE, spec, revision, wanted, base(history));
        boolean asWanted = history.current().filter(g -> g.replicas() == wanted).isPresent();
        if (asWanted && usable.containsAll(wish.ids())) {
            convergence.run(spec.name());
        } else {
            bringUp(wish, lease(spec));
        }
        return status(spec.name());
    }

    /** After the decision, the decision must come into force; if it cannot, what was before is decided for again. */
    private void bringUp(Wish wish, Lease lease) {
        Generation before = side.store().history(wish.service()).current().orElse(null);
        Generation decision = rollout.run(wish, lease);
        try {
            convergence.run(wish.service());
        } catch (RuntimeException e) {
            Uninterrupted.run(() -> restore(wish.service(), decision, before, e));
            throw e;
        }
        side.store()
                .history(wish.service())
                .overtaken(wish.operation(), wish.revision().number(), decision.number())
                .ifPresent(reason -> {
                    throw Rollout.conflict(wish, reason);
                });
    }

    private void restore(String name, Generation decision, @Nullable Generation before, RuntimeException reason) {
        try {
            ServiceHistory history = side.store().history(name);
            if (before != null && history.newest().filter(decision::equals).isPresent()) {
                Generation again = new Generation(
                        decision.number() + 1,
                        before.revision(),
                        before.replicas(),
                        before.hostPort(),
                        Operation.RESTORE,
                        side.now());
                if (side.store().add(name, again)) {
                    convergence.run(name);
                }
            }
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** A first deployment that failed leaves nothing; a later one leaves a line in the list of revisions. */
    private void recordFailure(String name, Revision revision, RuntimeException reason) {
        try {
            if (side.store().history(name).revision(revision.number()).isEmpty()) {
                return; // the service was deleted meanwhile, this revision with it
            }
            side.store().addFailure(name, revision.number(), String.valueOf(reason.getMessage()));
            ServiceHistory history = side.store().history(name);
            boolean serves =
                    history.generations().stream().anyMatch(g -> g.revision() != revision.number() && !g.isDelete());
            if (!serves && !history.isDeleted() && !history.othersDeploying(revision.number(), side.now())) {
                deleteNow(name);
            }
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private void deleteNow(String name) {
        ServiceHistory history = side.store().history(name);
        while (!history.isDeleted()) {
            int number = history.newest().map(Generation::number).orElse(0) + 1;
            side.store().add(name, new Generation(number, 0, 0, 0, Operation.DELETE, side.now()));
            history = side.store().history(name);
        }
        convergence.run(name);
    }

    /** The history, after a deletion that another process left half done is finished. */
    private ServiceHistory settled(String name) {
        ServiceHistory history = side.store().history(name);
        if (history.isDeleted()) {
            convergence.run(name);
            return side.store().history(name);
        }
        return history;
    }

    private Revision claim(ServiceRequest request, String imageId, ServiceHistory history) {
        Lease lease = lease(request.spec());
        for (int number = history.nextRevision(); ; number++) {
            Revision revision =
                    new Revision(number, request.specHash(), imageId, request.document(), side.now(), lease);
            if (side.store().add(request.spec().name(), revision)) {
                return revision;
            }
        }
    }

    private Lease lease(ServiceSpec spec) {
        return new Lease(
                Owner.current(),
                side.now().plus(spec.readiness().startupTimeout()).plus(LEASE_MARGIN));
    }

    private String ensureImage(ServiceSpec spec) {
        ContainerModel model = containers.map(ReplicaMapper.request(application, spec, new ReplicaId(0, 0), ""));
        containers.requireSecrets(spec.container());
        return containers.ensureImage(model.name(), spec.container().image(), model.platform());
    }

    private ServiceStatus status(String name) {
        return describe(name)
                .orElseThrow(() -> error(
                        ErrorCode.CONFLICT, name, "Service '" + name + "' was deleted meanwhile by another process"));
    }

    private <T> T alone(String service, Supplier<T> work) {
        ReentrantLock lock = locks.computeIfAbsent(service, s -> new ReentrantLock());
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Waiting.cancelled();
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static int replicas(ServiceSpec spec) {
        return Math.max(1, spec.scaling().min());
    }

    private static int base(ServiceHistory history) {
        return history.newest().map(Generation::number).orElse(0);
    }

    private static List<Integer> good(ServiceHistory history) {
        List<Integer> numbers = new ArrayList<>();
        history.revisions().stream()
                .map(Revision::number)
                .filter(history::wasGood)
                .forEach(numbers::add);
        return numbers;
    }

    private static PortolanException error(ErrorCode code, String service, String message) {
        return PortolanException.builder(code, message)
                .provider("local")
                .resource(service)
                .build();
    }
}

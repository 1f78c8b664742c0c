package io.portolan.local.internal.service.proxy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.concurrent.Waiting;
import io.portolan.local.internal.container.ContainerModel;
import io.portolan.local.internal.container.ContainerRendering;
import io.portolan.local.internal.container.Containers;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.plan.NativeRequest;
import io.portolan.spec.Exposure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HAProxy in a container of its own for each service. It goes on when the JVM ends and comes back when the engine restarts.
 *
 * <p>A new route is a new file in the container and a signal to the master process, which starts a worker for it; the worker before it
 * finishes what it began and ends. The monitor port tells which route new connections meet, the number of processes whether an old worker
 * is still busy.
 */
public final class ContainerProxy implements ServiceProxy {
    /** The one port that no service can have. */
    public static final int RESERVED_PORT = HaproxyConfig.MONITOR_PORT;

    private static final Logger LOG = LoggerFactory.getLogger(ContainerProxy.class);
    private static final Path HOST_PROGRAM = Path.of("/usr/sbin/haproxy");
    private static final int PORTS_TO_TRY = 40;
    private static final Duration IN_FORCE_LIMIT = Duration.ofSeconds(20);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);
    private static final Duration MONITOR_TIMEOUT = Duration.ofSeconds(1);

    /** The master and one worker. */
    private static final int SETTLED_PROCESSES = 2;

    private final DockerEngine engine;
    private final ProxySettings settings;
    private final ApplicationNetwork network;
    private final ProxyContainers containers;
    private final ProxyImage image;

    /**
     * Proxies of one application.
     *
     * @param engine where
     * @param engineContainers makes containers there
     * @param settings how
     * @param network on which network
     */
    public ContainerProxy(
            DockerEngine engine, Containers engineContainers, ProxySettings settings, ApplicationNetwork network) {
        this.engine = engine;
        this.settings = settings;
        this.network = network;
        this.containers = new ProxyContainers(engine, settings.application(), engineContainers);
        this.image = new ProxyImage(engine, engineContainers, settings, HOST_PROGRAM);
    }

    /**
     * The request that makes the proxy of a service, as far as it is known without asking the engine.
     *
     * @param settings how
     * @param service the service
     * @param exposure who can reach it
     * @return empty if there is no container
     */
    public static Optional<NativeRequest> request(ProxySettings settings, String service, Exposure exposure) {
        if (settings.mode() != ProxySettings.Mode.CONTAINER) {
            return Optional.empty();
        }
        int fixed = settings.fixedPort(service);
        int port = exposure == Exposure.INTERNAL
                ? 0
                : fixed != 0
                        ? fixed
                        : HostPorts.candidates(settings.application(), service, 1)
                                .get(0);
        return Optional.of(ContainerRendering.create(
                ProxyContainerMapper.map(settings.application(), service, settings.image(), port)));
    }

    @Override
    public int ensure(String service, Exposure exposure, int formerPort, Route initial) {
        boolean internal = exposure == Exposure.INTERNAL;
        int fixed = settings.fixedPort(service);
        List<ProxyContainer> existing = containers.find(service);
        ProxyContainer proxy = existing.stream()
                .filter(p -> internal == (p.hostPort() == 0) && (internal || fixed == 0 || fixed == p.hostPort()))
                .findFirst()
                .orElse(null);
        if (proxy == null) {
            proxy = create(candidates(service, internal, fixed, formerPort), initial);
        } else if (!proxy.running()) {
            startAgain(proxy, initial);
        }
        awaitAnswer(proxy);
        for (ProxyContainer other : existing) {
            if (!other.id().equals(proxy.id())) {
                containers.remove(other.id());
            }
        }
        return proxy.hostPort();
    }

    @Override
    public void apply(Route route) {
        ProxyContainer proxy = require(route.service());
        configure(proxy, route);
        containers.reload(proxy);
        Waiting waiting = Waiting.atMost(IN_FORCE_LIMIT);
        Waiting again = Waiting.atMost(ASK_AGAIN);
        while (state(route.service())
                .filter(s -> s.generation() >= route.generation())
                .isEmpty()) {
            if (waiting.isOver()) {
                throw PortolanException.builder(
                                ErrorCode.FAILED,
                                "Proxy of service '" + route.service() + "' did not take its new configuration within "
                                        + IN_FORCE_LIMIT.toSeconds() + " s; look at 'docker logs " + proxy.id() + "'")
                        .provider("local")
                        .resource(route.service())
                        .build();
            }
            if (again.isOver()) {
                // Another process may have written an older route at the same time.
                proxy = require(route.service());
                configure(proxy, route);
                containers.reload(proxy);
                again = Waiting.atMost(ASK_AGAIN);
            }
            waiting.pause();
        }
        LOG.debug("service={} generation={} inForce=true", route.service(), route.generation());
    }

    @Override
    public boolean awaitDrained(String service) {
        Waiting waiting = Waiting.atMost(settings.drainTimeout().plusSeconds(5));
        while (!isDrained(service) && !waiting.isOver()) {
            if (!waiting.pauseUnlessInterrupted()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isDrained(String service) {
        return containers.find(service).stream()
                .filter(ProxyContainer::running)
                .allMatch(p -> containers.processes(p.id()) <= SETTLED_PROCESSES);
    }

    @Override
    public Optional<ProxyState> state(String service) {
        return containers.find(service).stream().flatMap(p -> ask(p).stream()).findFirst();
    }

    @Override
    public List<String> replicaNames(String service) {
        return List.of();
    }

    @Override
    public Optional<Integer> hostPort(String service) {
        return containers.find(service).stream()
                .map(ProxyContainer::hostPort)
                .filter(p -> p != 0)
                .findFirst();
    }

    @Override
    public Set<String> services() {
        return containers.all().stream().map(ProxyContainer::service).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void remove(String service) {
        containers.find(service).forEach(proxy -> containers.remove(proxy.id()));
    }

    @Override
    public void close() {}

    /** The first port that is free, of those that can be: only one if it is fixed or was the service's before. */
    private List<Integer> candidates(String service, boolean internal, int fixed, int formerPort) {
        if (internal) {
            return List.of(0);
        }
        if (fixed != 0 || formerPort != 0) {
            return List.of(fixed != 0 ? fixed : formerPort);
        }
        return HostPorts.candidates(settings.application(), service, PORTS_TO_TRY);
    }

    private ProxyContainer create(List<Integer> ports, Route initial) {
        String reference = image.ensure();
        network.ensure();
        for (int port : ports) {
            ContainerModel model = ProxyContainerMapper.map(settings.application(), initial.service(), reference, port);
            Optional<String> id = containers.create(model);
            if (id.isEmpty()) {
                // Another process makes the same proxy at this moment: there is only one of this name.
                return adopted(initial.service(), port);
            }
            try {
                ProxyContainer proxy = new ProxyContainer(id.get(), initial.service(), port, true, 0);
                configure(proxy, initial);
                containers.start(proxy);
                return proxy;
            } catch (PortolanException e) {
                containers.remove(id.get());
                if (!isPortTaken(e)) {
                    throw e;
                }
                LOG.debug("service={} port={} taken=true", initial.service(), port);
            }
        }
        throw portTaken(initial.service(), ports);
    }

    private ProxyContainer adopted(String service, int port) {
        Waiting waiting = Waiting.atMost(ANSWER_LIMIT);
        while (true) {
            Optional<ProxyContainer> other = containers.find(service).stream()
                    .filter(p -> p.hostPort() == port)
                    .findFirst();
            if (other.filter(ProxyContainer::running).isPresent()) {
                return other.get();
            }
            if (waiting.isOver() || other.isEmpty()) {
                throw PortolanException.builder(
                                ErrorCode.CONFLICT,
                                "Another process makes the proxy of service '" + service
                                        + "' at the same time; try again")
                        .provider("local")
                        .resource(service)
                        .build();
            }
            waiting.pause();
        }
    }

    private void startAgain(ProxyContainer proxy, Route initial) {
        try {
            // Whoever made it may not have got as far as this.
            configure(proxy, initial);
            containers.start(proxy);
        } catch (PortolanException e) {
            throw isPortTaken(e) ? portTaken(proxy.service(), List.of(proxy.hostPort())) : e;
        }
    }

    private void awaitAnswer(ProxyContainer proxy) {
        Waiting waiting = Waiting.atMost(ANSWER_LIMIT);
        while (true) {
            Optional<ProxyContainer> now = containers.find(proxy.service()).stream()
                    .filter(p -> p.id().equals(proxy.id()) && p.running())
                    .findFirst();
            if (now.flatMap(ContainerProxy::ask).isPresent()) {
                return;
            }
            boolean ended = now.isEmpty();
            if (ended || waiting.isOver()) {
                String log = ContainerLog.format(ContainerLog.tail(engine, proxy.id()));
                throw PortolanException.builder(
                                ErrorCode.FAILED,
                                "Proxy of service '" + proxy.service() + "' "
                                        + (ended ? "ended" : "did not answer within " + ANSWER_LIMIT.toSeconds() + " s")
                                        + "; check that portolan.local." + ProxyKeys.IMAGE
                                        + " is HAProxy 2.6 or later. Its last lines:\n" + log)
                        .provider("local")
                        .resource(proxy.service())
                        .build();
            }
            waiting.pause();
        }
    }

    private static boolean isPortTaken(PortolanException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("port is already allocated")
                || text.contains("address already in use")
                || text.contains("ports are not available")
                || text.contains("only one usage of each socket address");
    }

    private PortolanException portTaken(String service, List<Integer> tried) {
        String key = "portolan.local." + ProxyKeys.SERVICE_PORT + "." + service;
        String message = tried.size() == 1
                ? "Host port " + tried.get(0) + " of service '" + service
                        + "' is taken by another program; end that program, or set " + key + " to another port"
                : "All of " + tried.size() + " host ports tried for service '" + service + "' (" + tried.get(0) + ", "
                        + tried.get(1) + ", ...) are taken; set " + key + " to a free port";
        return PortolanException.builder(ErrorCode.CONFLICT, message)
                .provider("local")
                .resource(service)
                .build();
    }

    private static Optional<ProxyState> ask(ProxyContainer proxy) {
        if (proxy.monitorPort() == 0) {
            return Optional.empty();
        }
        try {
            return ProxyState.parse(Loopback.body(proxy.monitorPort(), "/", MONITOR_TIMEOUT));
        } catch (IOException e) {
            LOG.debug("service={} monitor={}", proxy.service(), e.getMessage());
            return Optional.empty();
        }
    }

    private void configure(ProxyContainer proxy, Route route) {
        containers.configure(proxy.id(), HaproxyConfig.render(route, settings.drainTimeout()));
    }

    private ProxyContainer require(String service) {
        return containers.find(service).stream()
                .filter(ProxyContainer::running)
                .findFirst()
                .orElseThrow(() -> PortolanException.builder(
                                ErrorCode.FAILED,
                                "Proxy of service '" + service + "' does not run; deploy the service again")
                        .provider("local")
                        .resource(service)
                        .build());
    }
}

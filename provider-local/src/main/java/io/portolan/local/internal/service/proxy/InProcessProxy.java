package io.portolan.local.internal.service.proxy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.concurrent.Waiting;
import io.portolan.spec.Exposure;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A relay in the JVM, for tests: needs no image, and ends with the connection to the engine. It passes connections on and does not know
 * requests: what is idle is closed when a route changes, as far as that can be seen.
 */
public final class InProcessProxy implements ServiceProxy {
    private static final Logger LOG = LoggerFactory.getLogger(InProcessProxy.class);
    private static final int PORTS_TO_TRY = 40;

    private final ProxySettings settings;
    private final RelayLoop loop;
    private final ConcurrentMap<String, Integer> ports = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Route> routes = new ConcurrentHashMap<>();

    /**
     * Proxies of one application.
     *
     * @param settings how
     * @param threads makes the one thread
     */
    public InProcessProxy(ProxySettings settings, ThreadFactory threads) {
        this.settings = settings;
        this.loop = new RelayLoop(threads);
    }

    @Override
    public int ensure(String service, Exposure exposure, int formerPort, Route initial) {
        if (exposure == Exposure.INTERNAL) {
            loop.stop(service);
            ports.put(service, 0);
            routes.putIfAbsent(service, initial);
            return 0;
        }
        Integer present = ports.get(service);
        if (present != null && present != 0) {
            return present;
        }
        int fixed = settings.fixedPort(service);
        List<Integer> candidates = fixed != 0 || formerPort != 0
                ? List.of(fixed != 0 ? fixed : formerPort)
                : HostPorts.candidates(settings.application(), service, PORTS_TO_TRY);
        for (int port : candidates) {
            try {
                int bound = loop.listen(service, port);
                ports.put(service, bound);
                apply(routes.getOrDefault(service, initial));
                return bound;
            } catch (UncheckedIOException e) {
                LOG.debug("service={} port={} taken={}", service, port, e.getMessage());
            }
        }
        throw PortolanException.builder(
                        ErrorCode.CONFLICT,
                        "Host port " + candidates.get(0) + " of service '" + service
                                + "' is taken by another program; end that program, or set portolan.local."
                                + ProxyKeys.SERVICE_PORT + "." + service + " to another port")
                .provider("local")
                .resource(service)
                .build();
    }

    @Override
    public void apply(Route route) {
        routes.put(route.service(), route);
        if (ports.getOrDefault(route.service(), 0) != 0) {
            loop.route(
                    route.service(),
                    route.generation(),
                    route.targets().stream().map(Target::hostPort).toList());
        }
    }

    @Override
    public boolean awaitDrained(String service) {
        Waiting waiting = Waiting.atMost(settings.drainTimeout());
        boolean http = isHttp(service);
        while (loop.former(service, http) > 0) {
            if (waiting.isOver()) {
                loop.cutFormer(service);
                return true;
            }
            if (!waiting.pauseUnlessInterrupted()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isDrained(String service) {
        return loop.former(service, false) == 0;
    }

    @Override
    public Optional<ProxyState> state(String service) {
        Route route = routes.get(service);
        if (route == null) {
            return Optional.empty();
        }
        Map<String, Boolean> ready = new LinkedHashMap<>();
        route.targets().forEach(t -> ready.put(t.name(), isReady(route, t)));
        return Optional.of(new ProxyState(route.generation(), ready));
    }

    @Override
    public List<String> replicaNames(String service) {
        return List.of(service);
    }

    @Override
    public Optional<Integer> hostPort(String service) {
        return Optional.ofNullable(ports.get(service)).filter(p -> p != 0);
    }

    @Override
    public Set<String> services() {
        return Set.copyOf(ports.keySet());
    }

    @Override
    public void remove(String service) {
        ports.remove(service);
        routes.remove(service);
        loop.stop(service);
    }

    @Override
    public void close() {
        loop.close();
    }

    private boolean isHttp(String service) {
        Route route = routes.get(service);
        return route != null && route.port().protocol() == Port.Protocol.HTTP;
    }

    private static boolean isReady(Route route, Target target) {
        if (target.hostPort() == 0) {
            return false;
        }
        try {
            if (route.readiness().check() instanceof Probe.HttpGet get) {
                int status = Loopback.status(
                        target.hostPort(),
                        get.path(),
                        route.service(),
                        route.readiness().timeout());
                return status >= 200 && status < 400;
            }
            Loopback.connects(target.hostPort(), route.readiness().timeout());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

package io.portolan.testkit.fake;

import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Exposure;
import io.portolan.spec.Port;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.ServiceDriver.ServiceRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One service: its revisions, its replicas, and who answers the next request. Guarded by the lock of the platform. */
final class FakeService {
    private static final Duration RESTART_DELAY = Duration.ofSeconds(1);

    private final FakePlatform platform;
    private final FakeApplication application;
    private final String name;
    private final List<FakeRevision> revisions = new ArrayList<>();
    private final List<FakeReplica> replicas = new ArrayList<>();
    private @Nullable FakeEndpoint endpoint;
    private int deployments;
    private int turn;
    private boolean deleted;

    FakeService(FakePlatform platform, FakeApplication application, String name) {
        this.platform = platform;
        this.application = application;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** A number for a change of this service; a change that sees a later number was overtaken. */
    int nextDeployment() {
        return ++deployments;
    }

    boolean isOvertaken(int deployment) {
        return deleted || deployments != deployment;
    }

    FakeRevision addRevision(ServiceRequest request) {
        FakeRevision revision = new FakeRevision(revisions.size() + 1, request, platform.now());
        revisions.add(revision);
        return revision;
    }

    Optional<FakeRevision> revision(int number) {
        return revisions.stream().filter(r -> r.number() == number).findFirst();
    }

    Optional<FakeRevision> serving() {
        return revisions.stream()
                .filter(r -> r.state() == RevisionStatus.State.SERVING)
                .findFirst();
    }

    List<FakeReplica> replicas() {
        return List.copyOf(replicas);
    }

    List<FakeReplica> replicasOf(FakeRevision revision) {
        return replicas.stream()
                .filter(r -> r.revision() == revision.number() && !r.isRetired())
                .toList();
    }

    FakeReplica startReplica(FakeRevision revision) {
        ServiceSpec spec = revision.request().spec();
        Map<String, String> environment = new LinkedHashMap<>(spec.container().env());
        environment.put("PORT", Integer.toString(spec.port().number()));
        FakeAssembly assembly = new FakeAssembly(platform, application);
        FakeContainer.Parts parts =
                assembly.parts(spec.container(), environment, platform.newId(name + "-" + revision.number()));
        FakeReplica[] made = new FakeReplica[1];
        FakeContainer container = new FakeContainer(platform, parts, () -> changed(made[0]));
        FakeReplica replica = new FakeReplica(revision.number(), spec, container);
        made[0] = replica;
        replicas.add(replica);
        FakeProgram program = assembly.obstacle(spec.container())
                .map(FakeProgram::refused)
                .orElseGet(() -> platform.programOf(spec.container().image()));
        container.start(program);
        new FakeReadiness(platform, replica).watch();
        new FakeLiveness(platform, replica).begin();
        return replica;
    }

    /** A serving replica that ends by itself is replaced. */
    private void changed(FakeReplica replica) {
        platform.lock().notifyAll();
        if (replica.isEnded() && !replica.isRetired() && isServing(replica.revision())) {
            replica.retire();
            platform.after(RESTART_DELAY, () -> restart(replica.revision()));
        } else if (replica.handler() != null && !replica.isReady()) {
            new FakeReadiness(platform, replica).tryNow();
        }
    }

    private boolean isServing(int number) {
        return serving().filter(r -> r.number() == number).isPresent();
    }

    private void restart(int number) {
        synchronized (platform.lock()) {
            if (isServing(number) && !deleted) {
                FakeRevision revision = revision(number).orElseThrow();
                if (replicasOf(revision).size() < revision.replicas()) {
                    startReplica(revision);
                }
            }
        }
    }

    /** Stops replicas once they have answered what they began to answer. */
    void retire(List<FakeReplica> leaving) {
        leaving.forEach(FakeReplica::retire);
        for (FakeReplica replica : leaving) {
            drain(replica, platform.now().plus(replica.spec().container().stopGracePeriod()));
        }
    }

    private void drain(FakeReplica replica, Instant until) {
        if (replica.isBusy() && platform.now().isBefore(until)) {
            platform.after(Duration.ofMillis(5), () -> {
                synchronized (platform.lock()) {
                    drain(replica, until);
                }
            });
        } else {
            replica.container().stop(replica.spec().container().stopGracePeriod());
        }
    }

    void delete() {
        deleted = true;
        deployments++;
        if (endpoint != null) {
            endpoint.close();
        }
        for (FakeReplica replica : replicas) {
            replica.retire();
            replica.container().stop(Duration.ZERO);
        }
        platform.lock().notifyAll();
    }

    void openEndpoint() {
        boolean isPublic = serving()
                .filter(r -> r.request().spec().exposure() == Exposure.PUBLIC)
                .isPresent();
        if (isPublic && endpoint == null) {
            endpoint = FakeEndpoint.open(this::route);
        }
    }

    /** Gives a request to the next ready replica of the serving revision. Called without the lock. */
    FakeHandler.Response route(FakeHandler.Request request) {
        FakeReplica replica;
        FakeHandler handler;
        synchronized (platform.lock()) {
            serving().filter(r -> r.replicas() == 0).ifPresent(this::wakeUp);
            List<FakeReplica> ready = serving().stream()
                    .flatMap(r -> replicasOf(r).stream())
                    .filter(FakeReplica::isReady)
                    .toList();
            if (ready.isEmpty()) {
                return new FakeHandler.Response(503, "no replica of " + name + " is ready");
            }
            replica = ready.get(Math.floorMod(turn++, ready.size()));
            handler = replica.handler();
            if (handler == null) {
                return new FakeHandler.Response(502, "the replica does not listen");
            }
            replica.requestBegins();
        }
        try {
            return answer(handler, request);
        } finally {
            synchronized (platform.lock()) {
                replica.requestEnds();
                platform.lock().notifyAll();
            }
        }
    }

    /** Scaled to zero: the first request starts a replica and waits for it. */
    private void wakeUp(FakeRevision revision) {
        if (replicasOf(revision).isEmpty()) {
            startReplica(revision);
        }
        try {
            while (replicasOf(revision).stream().noneMatch(r -> r.isReady() || r.isEnded())) {
                platform.lock().wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static FakeHandler.Response answer(FakeHandler handler, FakeHandler.Request request) {
        try {
            return handler.handle(request);
        } catch (Exception e) {
            return new FakeHandler.Response(500, "Exception in handler: " + e);
        }
    }

    int port() {
        return serving().map(r -> r.request().spec().port().number()).orElse(-1);
    }

    ServiceStatus status() {
        Optional<FakeRevision> serving = serving();
        boolean ready = serving.isPresent()
                && replicasOf(serving.get()).stream()
                                .filter(FakeReplica::isReady)
                                .count()
                        >= serving.get().replicas();
        List<RevisionStatus> newestFirst =
                new ArrayList<>(revisions.stream().map(FakeRevision::status).toList());
        Collections.reverse(newestFirst);
        List<ReplicaStatus> shown = replicas.stream()
                .filter(r -> !r.isRetired())
                .map(FakeReplica::status)
                .toList();
        int port = revisions.get(revisions.size() - 1).request().spec().port().number();
        return new ServiceStatus(name, ready, uri(), name + ":" + port, newestFirst, shown);
    }

    private @Nullable URI uri() {
        if (endpoint == null || serving().isEmpty()) {
            return null;
        }
        ServiceSpec spec = serving().get().request().spec();
        if (spec.exposure() == Exposure.INTERNAL) {
            return null;
        }
        return endpoint.uri(spec.port().protocol() == Port.Protocol.TCP ? "tcp" : "http");
    }
}

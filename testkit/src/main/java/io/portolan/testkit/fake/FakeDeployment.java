package io.portolan.testkit.fake;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.RevisionStatus.State;
import io.portolan.spec.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Brings one revision of a service to a number of replicas and lets it serve, or puts everything back. Blocks the calling thread; the lock
 * of the platform is given up while it waits.
 */
final class FakeDeployment {
    private final FakePlatform platform;
    private final FakeService service;
    private final FakeRevision revision;
    private final State before;
    private final int number;
    private final List<FakeReplica> started = new ArrayList<>();

    /** Called with the lock held. */
    FakeDeployment(FakePlatform platform, FakeService service, FakeRevision revision) {
        this.platform = platform;
        this.service = service;
        this.revision = revision;
        this.before = revision.state();
        this.number = service.nextDeployment();
    }

    /** Called with the lock held. */
    void run() {
        boolean served = false;
        try {
            int missing = revision.replicas() - service.replicasOf(revision).size();
            for (int i = 0; i < missing; i++) {
                started.add(service.startReplica(revision));
            }
            awaitReady();
            shiftTraffic();
            served = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw error(ErrorCode.CANCELLED, "the deployment was given up");
        } finally {
            if (!served) {
                revision.becomes(before == State.DEPLOYING ? State.FAILED : before);
                service.retire(started);
            }
        }
    }

    private void awaitReady() throws InterruptedException {
        Duration limit = revision.request().spec().readiness().startupTimeout();
        Instant deadline = platform.now().plus(limit);
        AtomicBoolean late = new AtomicBoolean();
        Runnable forget = platform.after(limit, () -> {
            synchronized (platform.lock()) {
                late.set(true);
                platform.lock().notifyAll();
            }
        });
        try {
            while (!started.stream().allMatch(FakeReplica::isReady)) {
                requireProgress(late.get() || !platform.now().isBefore(deadline));
                platform.lock().wait();
            }
            requireProgress(false);
        } finally {
            forget.run();
        }
    }

    private void requireProgress(boolean late) {
        if (service.isOvertaken(number)) {
            throw error(ErrorCode.CONFLICT, "another deployment overtook this one");
        }
        Optional<FakeReplica> ended =
                started.stream().filter(FakeReplica::isEnded).findFirst();
        if (ended.isPresent()) {
            throw error(ErrorCode.FAILED, reason(ended.get(), "ended before it was ready"));
        }
        if (late) {
            FakeReplica slow =
                    started.stream().filter(r -> !r.isReady()).findFirst().orElseThrow();
            Probe probe = slow.spec().readiness();
            throw error(
                    ErrorCode.FAILED, reason(slow, "did not pass its readiness probe in " + probe.startupTimeout()));
        }
    }

    private static String reason(FakeReplica replica, String what) {
        List<String> log = replica.container().log().texts();
        String last = log.stream().skip(Math.max(0, log.size() - 5)).collect(Collectors.joining("\n  "));
        return "replica '" + replica.name() + "' " + what + " ("
                + replica.status().message() + ")" + (last.isEmpty() ? "" : "; its last lines:\n  " + last);
    }

    private void shiftTraffic() {
        List<FakeReplica> leaving = service.replicas().stream()
                .filter(r -> r.revision() != revision.number() && !r.isRetired())
                .toList();
        service.serving().filter(r -> r != revision).ifPresent(r -> r.becomes(State.RETIRED));
        revision.becomes(State.SERVING);
        service.openEndpoint();
        service.retire(leaving);
        List<FakeReplica> own = service.replicasOf(revision);
        service.retire(own.subList(Math.min(revision.replicas(), own.size()), own.size()));
    }

    private PortolanException error(ErrorCode code, String why) {
        return PortolanException.builder(
                        code,
                        "revision " + revision.number() + " of service '" + service.name() + "' does not serve: " + why)
                .provider(FakeProvider.ID.value())
                .resource(service.name())
                .build();
    }
}

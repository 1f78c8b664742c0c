package io.portolan.local.internal.job;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.local.internal.container.ApplicationNetwork;
import io.portolan.local.internal.container.ContainerModel;
import io.portolan.local.internal.container.ContainerRequest;
import io.portolan.local.internal.container.Containers;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.MissingSecretException;
import io.portolan.local.internal.container.Names;
import io.portolan.local.internal.container.RefusedException;
import io.portolan.local.internal.job.PendingAttempts.Pending;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.spi.AttemptLaunch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the process of an attempt once, however many JVMs ask for it and whichever of them die.
 *
 * <p>The engine has no "start if it never ran": starting a container that has exited runs it again. So:
 *
 * <ol>
 *   <li>Whoever creates a container gives it a name that ends in a random owner, and starts it by that name only. Renaming the container
 *       takes the right to start it away, atomically: a start by the old name finds nothing.
 *   <li>Whoever owns a container starts it only after a list, made after it got it, that shows no other container of the same attempt.
 *       Containers that were started are never removed while the execution is there. So of two containers, the one that was seen second is
 *       not started: its owner's list shows the first.
 *   <li>Who sees another container withdraws its own, but for the one with the smallest id, which waits for the others to be withdrawn.
 *   <li>A container that stays unstarted was left by a JVM that died. After a while it is taken over: renamed, looked at, and started by the
 *       new name if it still was not.
 *   <li>A start whose answer was lost is never sent again. Its container is renamed and looked at, as one of a JVM that died.
 * </ol>
 */
final class AttemptStarter {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptStarter.class);
    private static final int ROUNDS = 5;
    private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final String application;
    private final AttemptContainers attempts;
    private final AttemptReader reader;
    private final Containers containers;
    private final ApplicationNetwork network;
    private final PendingAttempts pending = new PendingAttempts();
    private final long adoptAfterNanos;

    AttemptStarter(
            String application,
            AttemptReader reader,
            Containers containers,
            ApplicationNetwork network,
            Duration adopt) {
        this.application = application;
        this.reader = reader;
        this.attempts = reader.containers();
        this.containers = containers;
        this.network = network;
        this.adoptAfterNanos = adopt.toNanos();
    }

    AttemptStatus launch(AttemptLaunch launch) {
        AttemptKey key = launch.key();
        Pending mine = pending.enter(key);
        if (mine == null) {
            return stillPending(key, null);
        }
        try {
            AttemptStatus status = settle(launch, mine);
            if (status.state() != AttemptState.PENDING) {
                mine.decide();
            }
            return status;
        } catch (MissingSecretException e) {
            return refused(mine, key, Failure.of(FailureCause.SECRET, String.valueOf(e.getMessage())));
        } catch (RefusedException e) {
            return refused(mine, key, e.failure());
        } finally {
            pending.leave(key, mine);
        }
    }

    private AttemptStatus refused(Pending mine, AttemptKey key, Failure failure) {
        withdraw(mine);
        mine.decide();
        return AttemptMapper.refused(key, null, failure);
    }

    /** How many attempts are remembered. */
    int remembered() {
        return pending.size();
    }

    private AttemptStatus settle(AttemptLaunch launch, Pending mine) {
        AttemptKey key = launch.key();
        @Nullable String seen = null;
        for (int round = 0; round < ROUNDS; round++) {
            if (round > 0) {
                LockSupport.parkNanos(FIRST_WAIT_NANOS << round);
            }
            if (mine.isStartAsked()) {
                AttemptStatus found = afterLostAnswer(key, mine);
                if (found != null) {
                    return found;
                }
            }
            if (mine.isFresh()) {
                create(launch, mine);
            }
            List<FoundAttempt> all = attempts.of(key);
            requireSameSpec(key, all, mine);
            List<FoundAttempt> others = without(all, mine.mine());
            if (others.size() == all.size()) {
                mine.own(null);
            }
            List<FoundAttempt> unstarted = new ArrayList<>();
            for (FoundAttempt other : others) {
                AttemptStatus status = reader.status(other);
                if (status.state() == AttemptState.PENDING) {
                    unstarted.add(other);
                } else if (status.state() != AttemptState.GONE) {
                    withdraw(mine);
                    return status;
                }
            }
            if (unstarted.isEmpty()) {
                FoundAttempt own = find(all, mine.mine());
                AttemptStatus started = own == null ? null : start(launch, own, mine);
                if (started != null) {
                    return started;
                }
                if (mine.mine() == null) {
                    create(launch, mine);
                }
                continue;
            }
            seen = unstarted.get(0).id();
            FoundAttempt own = find(all, mine.mine());
            if (own != null) {
                unstarted.add(own);
            }
            if (mine.seenFor(others, System.nanoTime()) >= adoptAfterNanos) {
                AttemptStatus found = takeOver(key, unstarted, mine);
                if (found != null) {
                    return found;
                }
            } else if (!isFirst(unstarted, mine.mine())) {
                withdraw(mine);
                break;
            }
        }
        return stillPending(key, seen);
    }

    /** Not at once: whoever asks will ask again. */
    private static AttemptStatus stillPending(AttemptKey key, @Nullable String id) {
        LockSupport.parkNanos(PAUSE_NANOS);
        return AttemptMapper.pending(key, id);
    }

    /**
     * Makes a container of its own. Noted before the call: if the answer is lost, a later list shows whether it is there. A refusal counts
     * only if nobody else got a container: the image may be gone since.
     */
    private void create(AttemptLaunch launch, Pending mine) {
        AttemptName name = AttemptName.owned(Names.attempt(application, launch.key()));
        try {
            containers.requireSecrets(launch.spec().container());
            ContainerModel model = model(launch, name);
            mine.own(name);
            containers.create(model);
        } catch (MissingSecretException | RefusedException e) {
            mine.own(null);
            if (attempts.of(launch.key()).isEmpty()) {
                throw e;
            }
        }
    }

    private ContainerModel model(AttemptLaunch launch, AttemptName name) {
        Map<String, String> labels = Labels.attempt(application, launch.spec().name(), launch.key());
        labels.put(
                Labels.STOP_GRACE, launch.spec().container().stopGracePeriod().toString());
        return containers.map(new ContainerRequest(
                launch.spec(), name.toString(), labels, launch.environment(), Map.of(), network.existing()));
    }

    /** Starts the own container; null if somebody took it away in between. */
    private @Nullable AttemptStatus start(AttemptLaunch launch, FoundAttempt own, Pending mine) {
        AttemptName name = own.name();
        if (!launch.spec().container().secretFiles().isEmpty()) {
            containers.placeSecretFiles(model(launch, name), launch.spec().container(), name.toString());
        }
        mine.askStart();
        boolean started;
        try {
            started = attempts.start(name);
        } catch (PortolanException e) {
            return refusedStart(launch.key(), name, e);
        }
        if (!started) {
            mine.own(null);
            return null;
        }
        return AttemptMapper.started(own);
    }

    /** The engine keeps why a start failed with the container; where it did not, the name does. */
    private AttemptStatus refusedStart(AttemptKey key, AttemptName name, PortolanException error) {
        PortolanException refused = Containers.refused(error, name.toString());
        if (!(refused instanceof RefusedException forGood)) {
            throw error;
        }
        InspectContainerResponse look = attempts.inspect(name.toString());
        if (look == null) {
            return AttemptMapper.refused(key, null, forGood.failure());
        }
        if (!AttemptMapper.isUnstarted(name, look)) {
            return AttemptMapper.status(key, name, look, null);
        }
        attempts.rename(name, name.refused(forGood.failure().cause()));
        return AttemptMapper.refused(key, look.getId(), forGood.failure());
    }

    /** Takes the right to start away from a request that may still be under way, then looks. */
    private @Nullable AttemptStatus afterLostAnswer(AttemptKey key, Pending mine) {
        AttemptName before = mine.mine();
        AttemptName now = before == null ? null : before.newOwner();
        if (before == null || now == null || !attempts.rename(before, now)) {
            mine.own(null);
            return null;
        }
        return look(key, now, mine);
    }

    /** What a container that is now ours turned out to be; null if it was never started and we own it. */
    private @Nullable AttemptStatus look(AttemptKey key, AttemptName name, Pending mine) {
        InspectContainerResponse look = attempts.inspect(name.toString());
        if (look != null && AttemptMapper.isUnstarted(name, look)) {
            mine.own(name);
            return null;
        }
        mine.own(null);
        return look == null ? null : AttemptMapper.status(key, name, look, null);
    }

    /** Of containers that nobody started for long, one is kept and taken over, the others go. */
    private @Nullable AttemptStatus takeOver(AttemptKey key, List<FoundAttempt> all, Pending mine) {
        List<FoundAttempt> sorted =
                all.stream().sorted(Comparator.comparing(FoundAttempt::id)).toList();
        FoundAttempt kept = sorted.get(0);
        LOG.debug("take over attempt={} container={}", key, kept.name());
        AttemptName owned = mine.mine();
        if (!kept.name().equals(owned)) {
            withdraw(mine);
            AttemptStatus found = acquire(key, kept.name(), mine);
            if (found != null || mine.mine() == null) {
                return found;
            }
            owned = mine.mine();
        }
        for (FoundAttempt other : sorted.subList(1, sorted.size())) {
            if (!other.name().equals(owned)) {
                Pending discarded = new Pending();
                AttemptStatus found = acquire(key, other.name(), discarded);
                if (found != null) {
                    withdraw(mine);
                    return found;
                }
                withdraw(discarded);
            }
        }
        return null;
    }

    private @Nullable AttemptStatus acquire(AttemptKey key, AttemptName from, Pending mine) {
        AttemptName to = from.newOwner();
        return attempts.rename(from, to) ? look(key, to, mine) : null;
    }

    /** Removes the own container, which was never started. By its name: if somebody took it over, nothing happens. */
    private void withdraw(Pending mine) {
        AttemptName name = mine.mine();
        mine.own(null);
        if (name == null) {
            return;
        }
        try {
            attempts.removeStopped(name);
        } catch (PortolanException e) {
            LOG.debug("left behind container={} error={}", name, e.getMessage());
        }
    }

    private void requireSameSpec(AttemptKey key, List<FoundAttempt> all, Pending mine) {
        for (FoundAttempt one : all) {
            if (!one.key().specHash().equals(key.specHash())) {
                withdraw(mine);
                throw PortolanException.builder(
                                ErrorCode.CONFLICT,
                                "Attempt '" + key + "' was started with spec "
                                        + one.key().specHash() + ", not with " + key.specHash()
                                        + "; use another execution id")
                        .provider("local")
                        .operation("launch")
                        .resource(key.toString())
                        .build();
            }
        }
    }

    private static List<FoundAttempt> without(List<FoundAttempt> all, @Nullable AttemptName mine) {
        return all.stream().filter(found -> !found.name().equals(mine)).toList();
    }

    private static @Nullable FoundAttempt find(List<FoundAttempt> all, @Nullable AttemptName mine) {
        return all.stream()
                .filter(found -> found.name().equals(mine))
                .findFirst()
                .orElse(null);
    }

    private static boolean isFirst(List<FoundAttempt> all, @Nullable AttemptName mine) {
        return all.stream()
                .min(Comparator.comparing(FoundAttempt::id))
                .filter(first -> first.name().equals(mine))
                .isPresent();
    }
}

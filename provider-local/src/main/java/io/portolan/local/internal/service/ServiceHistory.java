package io.portolan.local.internal.service;

import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is recorded about a service, and what follows from it. Pure.
 *
 * @param revisions in any order
 * @param generations in any order
 * @param failed revisions that are known not to have become ready
 */
record ServiceHistory(List<Revision> revisions, List<Generation> generations, Set<Integer> failed) {
    /** How many revisions are kept for a rollback. */
    static final int KEPT = 10;

    ServiceHistory {
        revisions = revisions.stream()
                .sorted(Comparator.comparingInt(Revision::number).reversed())
                .toList();
        generations = generations.stream()
                .sorted(Comparator.comparingInt(Generation::number).reversed())
                .toList();
        failed = Set.copyOf(failed);
    }

    boolean isEmpty() {
        return revisions.isEmpty() && generations.isEmpty();
    }

    /** The last decision, the decision to delete included. */
    Optional<Generation> newest() {
        return generations.stream().findFirst();
    }

    /** The decision that holds: empty before the first good deployment and after a delete. */
    Optional<Generation> current() {
        return newest().filter(g -> !g.isDelete() && g.revision() > 0);
    }

    boolean isDeleted() {
        return newest().filter(Generation::isDelete).isPresent();
    }

    Optional<Revision> revision(int number) {
        return revisions.stream().filter(r -> r.number() == number).findFirst();
    }

    int nextRevision() {
        return Stream.concat(
                                revisions.stream().map(Revision::number),
                                generations.stream().map(Generation::revision))
                        .max(Integer::compare)
                        .orElse(0)
                + 1;
    }

    /** Whether a revision was decided for at least once, and was not found wanting afterwards. */
    boolean wasGood(int revision) {
        return !failed.contains(revision) && generations.stream().anyMatch(g -> g.revision() == revision);
    }

    /** The revision to go back to: the one that served before the current one. */
    Optional<Integer> before(int revision) {
        return revisions.stream()
                .map(Revision::number)
                .filter(n -> n < revision && wasGood(n))
                .max(Integer::compare);
    }

    /**
     * What the user sees.
     *
     * @param serving the revision that gets traffic, 0 for none
     * @param now the time
     * @return newest first
     */
    List<RevisionStatus> statuses(int serving, Instant now) {
        return revisions.stream()
                .map(r -> new RevisionStatus(r.number(), r.specHash(), r.createdAt(), state(r, serving, now)))
                .toList();
    }

    State state(Revision revision, int serving, Instant now) {
        if (revision.number() == serving) {
            return State.SERVING;
        }
        if (failed.contains(revision.number())) {
            return State.FAILED;
        }
        int decided = current().map(Generation::revision).orElse(0);
        if (revision.number() == decided) {
            return State.DEPLOYING; // decided for, not yet in force
        }
        if (wasGood(revision.number())) {
            return State.RETIRED;
        }
        return revision.lease().isHeld(now) ? State.DEPLOYING : State.FAILED;
    }

    /** Whether somebody else is about to deploy. */
    boolean othersDeploying(int except, Instant now) {
        return revisions.stream().filter(r -> r.number() != except).anyMatch(r -> state(r, 0, now) == State.DEPLOYING);
    }

    /**
     * Whether a replica is of no use any more.
     *
     * @param replica the replica
     * @param now the time
     * @return true if it may be removed, once the proxy sends nothing to it
     */
    boolean isLeftover(Replica replica, Instant now) {
        if (isTarget(replica.id())) {
            return false;
        }
        if (isDeleted()) {
            return true;
        }
        boolean overtaken = newest().filter(
                        g -> replica.base() < g.number() && replica.id().revision() <= g.revision())
                .isPresent();
        return overtaken
                || failed.contains(replica.id().revision())
                || !replica.lease().isHeld(now);
    }

    /** Whether a replica is one of those that serve, or should. */
    boolean isTarget(ReplicaId id) {
        return current()
                .filter(g -> g.revision() == id.revision() && id.index() <= g.replicas())
                .isPresent();
    }

    /**
     * Why an operation that began when another generation was newest must not be decided for any more.
     *
     * @param operation what is to be done
     * @param revision with which revision
     * @param base the generation that was newest when it began, 0 for none
     * @return the reason, empty if it may go on
     */
    Optional<String> overtaken(Generation.Operation operation, int revision, int base) {
        return generations.stream()
                .filter(g -> g.number() > base)
                .flatMap(g -> reason(operation, revision, g).stream())
                .findFirst();
    }

    private static Optional<String> reason(Generation.Operation operation, int revision, Generation since) {
        boolean overtaken = switch (operation) {
            case DEPLOY ->
                switch (since.operation()) {
                    case DEPLOY -> since.revision() > revision;
                    case ROLLBACK, DELETE -> true;
                    case SCALE, RESTORE -> false;
                };
            case SCALE -> since.isDelete() || since.revision() != revision;
            case ROLLBACK, RESTORE -> true;
            case DELETE -> false;
        };
        if (!overtaken) {
            return Optional.empty();
        }
        return Optional.of(
                switch (since.operation()) {
                    case DELETE -> "the service was deleted meanwhile";
                    case ROLLBACK -> "the service was rolled back to revision " + since.revision() + " meanwhile";
                    case SCALE -> "the service was scaled meanwhile";
                    case DEPLOY, RESTORE -> "revision " + since.revision() + " was deployed meanwhile";
                });
    }

    /** Revisions that are too old to be kept. */
    List<Revision> expired(Instant now) {
        int serving = current().map(Generation::revision).orElse(0);
        return revisions.stream()
                .skip(KEPT)
                .filter(r -> r.number() != serving && state(r, serving, now) != State.DEPLOYING)
                .toList();
    }

    /** Generations that say nothing any more: all but the newest, and the newest of each revision that is kept. */
    List<Generation> expiredGenerations() {
        return generations.stream()
                .filter(g -> !newest().filter(g::equals).isPresent())
                .filter(g -> revision(g.revision()).isEmpty()
                        || generations.stream().anyMatch(o -> o.revision() == g.revision() && o.number() > g.number()))
                .toList();
    }
}

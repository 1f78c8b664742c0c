package io.portolan.local.internal.service;

import static io.portolan.local.internal.service.Generation.Operation.DELETE;
import static io.portolan.local.internal.service.Generation.Operation.DEPLOY;
import static io.portolan.local.internal.service.Generation.Operation.RESTORE;
import static io.portolan.local.internal.service.Generation.Operation.ROLLBACK;
import static io.portolan.local.internal.service.Generation.Operation.SCALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.local.internal.service.Generation.Operation;
import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServiceHistoryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Lease MINE = new Lease(Owner.current(), LATER);
    private static final Lease DEAD = new Lease(Owner.current(), NOW.minusSeconds(1));

    @Test
    void current_newestGeneration_decides() {
        ServiceHistory history = history(revisions(2), generation(1, 1, DEPLOY), generation(2, 2, DEPLOY));

        assertThat(history.current()).map(Generation::revision).contains(2);
        assertThat(history.isDeleted()).isFalse();
    }

    @Test
    void current_deleted_isEmpty() {
        ServiceHistory history = history(revisions(1), generation(1, 1, DEPLOY), generation(2, 1, DELETE));

        assertThat(history.current()).isEmpty();
        assertThat(history.isDeleted()).isTrue();
    }

    @Test
    void nextRevision_expiredRevisions_isNeverUsedTwice() {
        assertThat(history(List.of(), generation(9, 4, DEPLOY)).nextRevision()).isEqualTo(5);
        assertThat(history(List.of()).nextRevision()).isEqualTo(1);
    }

    @Nested
    class States {
        @Test
        void state_ofEachRevision_followsFromRecords() {
            List<Revision> revisions = List.of(
                    revision(1, DEAD), revision(2, DEAD), revision(3, DEAD), revision(4, MINE), revision(5, DEAD));
            ServiceHistory history = new ServiceHistory(
                    revisions, List.of(generation(1, 1, DEPLOY), generation(2, 2, DEPLOY)), Set.of(3));

            assertThat(history.statuses(2, NOW))
                    .extracting(RevisionStatus::number, RevisionStatus::state)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(5, State.FAILED), // its process is gone
                            org.assertj.core.groups.Tuple.tuple(4, State.DEPLOYING),
                            org.assertj.core.groups.Tuple.tuple(3, State.FAILED),
                            org.assertj.core.groups.Tuple.tuple(2, State.SERVING),
                            org.assertj.core.groups.Tuple.tuple(1, State.RETIRED));
        }

        @Test
        void state_decidedButNotInForce_isDeploying() {
            ServiceHistory history = history(revisions(2), generation(1, 1, DEPLOY), generation(2, 2, DEPLOY));

            assertThat(history.statuses(1, NOW))
                    .extracting(RevisionStatus::state)
                    .containsExactly(State.DEPLOYING, State.SERVING);
        }

        @Test
        void wasGood_failedAfterDecision_isFalse() {
            ServiceHistory history = new ServiceHistory(
                    revisions(2),
                    List.of(generation(1, 1, DEPLOY), generation(2, 2, DEPLOY), generation(3, 1, RESTORE)),
                    Set.of(2));

            assertThat(history.wasGood(2)).isFalse();
            assertThat(history.before(2)).contains(1);
            assertThat(history.before(1)).isEmpty();
        }
    }

    @Nested
    class Overtaking {
        @Test
        void overtaken_nothingSince_goesOn() {
            assertThat(history(revisions(2), generation(1, 1, DEPLOY)).overtaken(DEPLOY, 2, 1))
                    .isEmpty();
        }

        @Test
        void overtaken_deployByLaterRevision_gives() {
            ServiceHistory history = history(revisions(3), generation(1, 1, DEPLOY), generation(2, 3, DEPLOY));

            assertThat(history.overtaken(DEPLOY, 2, 1)).contains("revision 3 was deployed meanwhile");
        }

        @Test
        void overtaken_deployByEarlierRevision_goesOn() {
            ServiceHistory history = history(revisions(3), generation(1, 1, DEPLOY), generation(2, 2, DEPLOY));

            assertThat(history.overtaken(DEPLOY, 3, 1)).isEmpty();
        }

        @Test
        void overtaken_deployByScaleOfFormer_goesOn() {
            ServiceHistory history = history(revisions(2), generation(1, 1, DEPLOY), generation(2, 1, SCALE));

            assertThat(history.overtaken(DEPLOY, 2, 1)).isEmpty();
        }

        @Test
        void overtaken_byRollbackOrDelete_gives() {
            ServiceHistory rolledBack = history(revisions(2), generation(2, 1, ROLLBACK));
            ServiceHistory deleted = history(revisions(2), generation(2, 1, DELETE));

            for (Operation operation : List.of(DEPLOY, SCALE, ROLLBACK)) {
                assertThat(rolledBack.overtaken(operation, 2, 1))
                        .as("%s", operation)
                        .isPresent();
                assertThat(deleted.overtaken(operation, 2, 1))
                        .as("%s", operation)
                        .isPresent();
            }
        }

        @Test
        void overtaken_scaleByScaleOfSameRevision_lastOneWins() {
            assertThat(history(revisions(1), generation(2, 1, SCALE)).overtaken(SCALE, 1, 1))
                    .isEmpty();
        }

        @Test
        void overtaken_delete_never() {
            assertThat(history(revisions(3), generation(5, 3, DEPLOY)).overtaken(DELETE, 1, 1))
                    .isEmpty();
        }
    }

    @Nested
    class Leftovers {
        private final ServiceHistory history =
                history(revisions(3), generation(4, 1, DEPLOY), generation(5, 2, DEPLOY)); // two replicas each

        @Test
        void leftover_target_neverIs() {
            assertThat(history.isLeftover(replica(2, 1, 1, DEAD), NOW)).isFalse();
            assertThat(history.isLeftover(replica(2, 2, 1, DEAD), NOW)).isFalse();
        }

        @Test
        void leftover_retiredRevision_isAlsoWhileItsStarterLives() {
            assertThat(history.isLeftover(replica(1, 1, 3, MINE), NOW)).isTrue();
        }

        @Test
        void leftover_scaledDown_is() {
            assertThat(history.isLeftover(replica(2, 3, 4, MINE), NOW)).isTrue();
        }

        @Test
        void leftover_beingScaledUp_isNot() {
            assertThat(history.isLeftover(replica(2, 3, 5, MINE), NOW)).isFalse();
        }

        @Test
        void leftover_laterRevisionBeingDeployed_isNotUnlessItsProcessDied() {
            assertThat(history.isLeftover(replica(3, 1, 4, MINE), NOW)).isFalse();
            assertThat(history.isLeftover(replica(3, 1, 4, DEAD), NOW)).isTrue();
        }

        @Test
        void leftover_beingRolledBackTo_isNotUntilAnotherDecision() {
            assertThat(history.isLeftover(replica(1, 1, 5, MINE), NOW)).isFalse();
            assertThat(history.isLeftover(replica(1, 1, 4, MINE), NOW)).isTrue();
        }

        @Test
        void leftover_deletedService_allAre() {
            ServiceHistory deleted = history(revisions(2), generation(6, 2, DELETE));

            assertThat(deleted.isLeftover(replica(2, 1, 6, MINE), NOW)).isTrue();
        }

        @Test
        void leftover_firstDeployment_isNotWhileItsStarterLives() {
            ServiceHistory first = history(revisions(1));

            assertThat(first.isLeftover(replica(1, 1, 0, MINE), NOW)).isFalse();
            assertThat(first.isLeftover(replica(1, 1, 0, DEAD), NOW)).isTrue();
        }
    }

    @Test
    void expired_manyRevisions_keepsTenAndTheServingOne() {
        ServiceHistory history = history(
                IntStream.rangeClosed(1, 14).mapToObj(n -> revision(n, DEAD)).toList(),
                generation(1, 3, DEPLOY),
                generation(2, 14, DEPLOY),
                generation(3, 2, ROLLBACK));

        assertThat(history.expired(NOW)).extracting(Revision::number).containsExactly(4, 3, 1);
    }

    @Test
    void expiredGenerations_keepsNewestOfEachKeptRevision() {
        ServiceHistory history = history(
                List.of(revision(2, DEAD), revision(3, DEAD)),
                generation(1, 1, DEPLOY),
                generation(2, 2, DEPLOY),
                generation(3, 2, SCALE),
                generation(4, 3, DEPLOY));

        assertThat(history.expiredGenerations()).extracting(Generation::number).containsExactlyInAnyOrder(1, 2);
    }

    private static ServiceHistory history(List<Revision> revisions, Generation... generations) {
        return new ServiceHistory(revisions, List.of(generations), Set.of());
    }

    private static List<Revision> revisions(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> revision(n, DEAD)).toList();
    }

    private static Revision revision(int number, Lease lease) {
        return new Revision(number, "hash" + number, "sha256:1", "document", NOW, lease);
    }

    private static Generation generation(int number, int revision, Operation operation) {
        return new Generation(number, revision, 2, 20_001, operation, NOW);
    }

    private static Replica replica(int revision, int index, int base, Lease lease) {
        Replica.Run run = new Replica.Run("running", 0, false, 0, NOW, "");
        return new Replica(new ReplicaId(revision, index), "id", base, lease, run, 32_000, Duration.ofSeconds(10));
    }
}

package io.portolan.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.service.Generation.Operation;
import io.portolan.local.internal.service.RecordLabels.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordLabelsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void revision_writtenAndRead_isTheSame() {
        Revision revision = new Revision(3, "hash", "sha256:1", "kind: service\n", NOW, new Lease("h/1/2", NOW));

        assertThat(RecordLabels.revision(RecordLabels.of("shop", "web", revision)))
                .contains(revision);
    }

    @ParameterizedTest
    @EnumSource
    void generation_writtenAndRead_isTheSame(Operation operation) {
        Generation generation = new Generation(7, 3, 2, 20_001, operation, NOW);

        Map<String, String> labels = RecordLabels.of("shop", "web", generation);

        assertThat(RecordLabels.generation(labels)).contains(generation);
        assertThat(RecordLabels.revision(labels)).isEmpty();
        assertThat(RecordLabels.failure(labels)).isEmpty();
    }

    @Test
    void failure_writtenAndRead_isItsRevision() {
        assertThat(RecordLabels.failure(RecordLabels.failure("shop", "web", 4, "why")))
                .contains(4);
    }

    @Test
    void labels_alwaysSayWhoseTheyAre() {
        assertThat(Labels.isOurs(RecordLabels.failure("shop", "web", 4, "why"), "shop"))
                .isTrue();
    }

    @Test
    void generation_ofALaterVersion_isNotRead() {
        Map<String, String> labels =
                new HashMap<>(RecordLabels.of("shop", "web", new Generation(7, 3, 2, 0, Operation.DEPLOY, NOW)));
        labels.put("io.portolan.operation", "SPLIT");

        assertThat(RecordLabels.generation(labels)).isEmpty();
    }

    @Test
    void name_ofDifferentRecords_differs() {
        assertThat(RecordLabels.name("a", "b-c", Subject.REVISION, 1))
                .isEqualTo("portolan-s-a_b-c_r1")
                .isNotEqualTo(RecordLabels.name("a-b", "c", Subject.REVISION, 1));
    }

    @Test
    void lease_unreadable_isOver() {
        assertThat(RecordLabels.lease(Map.of("io.portolan.deadline", "soon")).isHeld(NOW))
                .isFalse();
    }
}

package io.portolan.portability;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.id.ProviderId;
import java.util.Arrays;
import java.util.List;
import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;
import org.junit.jupiter.api.Test;

class PortabilityReportTest {
    private static final List<ProviderId> BOTH = List.of(ProviderId.AWS, ProviderId.GCP);
    private final Finding ignored =
            new Finding(ProviderId.AWS, "initProcess", Finding.Kind.IGNORED, "is always there", null, null);
    private final Finding rejected = new Finding(
            ProviderId.GCP, "gpu", Finding.Kind.REJECTED, "no such model", "choose nvidia-l4", "gcp docs (2026-11)");

    @Test
    void report_withARejection_isNotPortable() {
        PortabilityReport report = new PortabilityReport("job 'a'", BOTH, List.of(ignored, rejected));

        assertThat(report.isPortable()).isFalse();
        assertThat(report.findings(ProviderId.AWS)).containsExactly(ignored);
        assertThat(report.findings(ProviderId.AZURE)).isEmpty();
        assertThat(report).hasToString("""
                        job 'a' does not run on all of [aws, gcp]
                          aws initProcess IGNORED: is always there
                          gcp gpu REJECTED: no such model; choose nvidia-l4 (gcp docs (2026-11))""");
        assertThat(rejected.suggestedFix()).contains("choose nvidia-l4");
        assertThat(ignored.suggestedFix()).isEmpty();
    }

    @Test
    void report_withoutRejection_isPortable() {
        PortabilityReport report = new PortabilityReport("job 'a'", BOTH, List.of(ignored));

        assertThat(report.isPortable()).isTrue();
        assertThat(report.toString()).startsWith("job 'a' runs on [aws, gcp]\n");
    }

    @Test
    void capabilities_byDefault_areAllThere() {
        CapabilitySet all = CapabilitySet.allExcept();
        CapabilitySet some = CapabilitySet.allExcept(Capability.GPU, Capability.ARM64);

        assertThat(all.asSet()).containsExactly(Capability.values());
        assertThat(some.has(Capability.GPU)).isFalse();
        assertThat(some.has(Capability.JOBS)).isTrue();
        assertThat(some.asSet()).hasSize(Capability.values().length - 2);
        assertThat(some.toString()).contains("JOBS").doesNotContain("ARM64");
        EqualsVerifier.forClass(CapabilitySet.class)
                .suppress(Warning.NULL_FIELDS)
                .verify();
    }

    @Test
    void capabilities_haveTitlesOfTheirOwn() {
        assertThat(Arrays.stream(Capability.values()).map(Capability::title))
                .doesNotHaveDuplicates()
                .allMatch(title -> !title.isBlank());
    }
}

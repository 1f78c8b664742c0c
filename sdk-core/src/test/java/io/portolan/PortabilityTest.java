package io.portolan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.error.InvalidSpecException;
import io.portolan.id.ProviderId;
import io.portolan.portability.PortabilityReport;
import io.portolan.spec.JobSpec;
import io.portolan.spec.NamedOptions;
import io.portolan.testing.ProviderPath;
import io.portolan.testing.StubProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortabilityTest {
    private static final ProviderId HARBOUR = new ProviderId("harbour");
    private final JobSpec spec = JobSpec.builder("a")
            .image("b")
            .options(new NamedOptions(ProviderId.LOCAL, Map.of("a", "b")))
            .build();

    @TempDir
    Path directory;

    @Test
    void check_severalProviders_reportsEachOffline() throws IOException {
        try (ProviderPath path = ProviderPath.of(directory, StubProvider.Local.class, StubProvider.Harbour.class)) {
            PortabilityReport report = Portability.check(spec, ProviderId.LOCAL, HARBOUR);

            assertThat(report.subject()).isEqualTo("job 'a'");
            assertThat(report.providers()).containsExactly(ProviderId.LOCAL, HARBOUR);
            assertThat(report.isPortable()).isTrue();
            assertThat(report.findings(ProviderId.LOCAL)).isEmpty();
            assertThat(report.findings(HARBOUR))
                    .singleElement()
                    .satisfies(f -> assertThat(f.field()).isEqualTo("options.local"));
        }
    }

    @Test
    void check_providerThatIsNotThere_namesTheArtifact() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> Portability.check(spec, ProviderId.AZURE))
                .withMessageContaining("add io.portolan:portolan-azure to it");
    }
}

package io.portolan.internal.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.id.ProviderId;
import io.portolan.testing.ProviderPath;
import io.portolan.testing.StubProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
    @TempDir
    Path directory;

    private final List<Violation> found = new ArrayList<>();

    @Test
    void all_severalOnClassPath_areSortedByName() throws IOException {
        try (ProviderPath path = ProviderPath.of(directory, StubProvider.Local.class, StubProvider.Harbour.class)) {
            assertThat(Providers.all()).extracting(p -> p.id().value()).containsExactly("harbour", "local");
        }
    }

    @Test
    void find_provider_isFound() throws IOException {
        try (ProviderPath path = ProviderPath.of(directory, StubProvider.Harbour.class, StubProvider.Local.class)) {
            assertThat(Providers.find(ProviderId.LOCAL)).isInstanceOf(StubProvider.Local.class);
        }
    }

    @Test
    void find_providerBehindABrokenOne_isFound() throws IOException {
        try (ProviderPath path = ProviderPath.of(directory, StubProvider.Broken.class, StubProvider.Local.class)) {
            assertThat(Providers.find(ProviderId.LOCAL)).isInstanceOf(StubProvider.Local.class);
        }
    }

    @Test
    void find_brokenProvider_saysWhatIsBroken() throws IOException {
        try (ProviderPath path = ProviderPath.of(directory, StubProvider.Broken.class)) {
            assertThatExceptionOfType(InvalidSpecException.class)
                    .isThrownBy(() -> Providers.find(new ProviderId("broken")))
                    .withMessageContaining(StubProvider.Broken.class.getName())
                    .withMessageContaining("dependencies");
        }
    }

    @Test
    void find_ownProviderMissing_namesTheArtifact() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> Providers.find(ProviderId.GCP))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .withMessage(
                        "configuration has 1 violation:\n"
                                + "  portolan.provider was 'gcp' but is not on the class path; add io.portolan:portolan-gcp to it");
    }

    @Test
    void find_misspeltProvider_namesTheNearest() throws IOException {
        try (ProviderPath path = ProviderPath.of(directory, StubProvider.Harbour.class)) {
            assertThatExceptionOfType(InvalidSpecException.class)
                    .isThrownBy(() -> Providers.find(new ProviderId("harbuor")))
                    .withMessageEndingWith("portolan.provider was 'harbuor' but is not among the providers on the class"
                            + " path, [harbour]; did you mean 'harbour'?");
        }
    }

    @Test
    void onlyOne_oneOnClassPath_isTaken() throws IOException {
        try (ProviderPath path = ProviderPath.of(directory, StubProvider.Harbour.class)) {
            assertThat(Providers.onlyOne(found)).get().isInstanceOf(StubProvider.Harbour.class);
            assertThat(found).isEmpty();
        }
    }

    @Test
    void onlyOne_noneOnClassPath_namesTheArtifacts() {
        assertThat(Providers.onlyOne(found)).isEmpty();
        assertThat(found)
                .extracting(Violation::toString)
                .containsExactly(
                        "portolan.provider was '' but is required and no provider is on the class path; add one"
                                + " of io.portolan:portolan-aws, io.portolan:portolan-azure, io.portolan:portolan-gcp,"
                                + " io.portolan:portolan-local");
    }

    @Test
    void onlyOne_severalOnClassPath_listsThem() throws IOException {
        try (ProviderPath path = ProviderPath.of(directory, StubProvider.Local.class, StubProvider.Harbour.class)) {
            assertThat(Providers.onlyOne(found)).isEmpty();
            assertThat(found).extracting(Violation::fix).containsExactly("set it to one of [harbour, local]");
        }
    }
}

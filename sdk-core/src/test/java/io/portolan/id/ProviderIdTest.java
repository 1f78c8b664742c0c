package io.portolan.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderIdTest {
    @Test
    void constants_areTheNamesInTheDocumentation() {
        assertThat(List.of(ProviderId.LOCAL, ProviderId.AWS, ProviderId.GCP, ProviderId.AZURE))
                .extracting(ProviderId::toString)
                .containsExactly("local", "aws", "gcp", "azure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "k8s", "my-cloud", "a123456789012345678901234567890"})
    void id_ofLegalShape_isKept(String value) {
        assertThat(new ProviderId(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "-a", "a_b", "a b", "a1234567890123456789012345678901", "local\n"})
    void id_ofOtherShape_isRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProviderId(value))
                .withMessage("provider id was '" + value
                        + "' but must match [a-z][a-z0-9-]{0,30}; use local, aws, gcp or azure");
    }

    @Test
    @SuppressWarnings("NullAway")
    void id_ofNothing_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> new ProviderId(null)).withMessage("value");
    }

    @Test
    void ids_areOrderedByName() {
        assertThat(Stream.of(ProviderId.LOCAL, ProviderId.AWS, ProviderId.GCP).sorted())
                .containsExactly(ProviderId.AWS, ProviderId.GCP, ProviderId.LOCAL);
    }
}

package io.portolan.local.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.InvalidSpecException;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishTargetTest {
    private static Image image(String reference) {
        return new Image(ImageReference.parse(reference), "sha256:" + "ab".repeat(32), Architecture.AMD64, null);
    }

    @ParameterizedTest
    @CsvSource({
        "reg.example:5000, etl:1.4, reg.example:5000/etl:1.4",
        "reg.example:5000/team/, etl:1.4, reg.example:5000/team/etl:1.4",
        "reg.example/team, ghcr.io/acme/etl:2, reg.example/team/acme/etl:2",
        "reg.example/team, acme/etl, reg.example/team/acme/etl:latest",
        "reg.example/team, reg.example/team/etl:3, reg.example/team/etl:3",
    })
    void name_isPutBelowTheRegistry(String registry, String source, String target) {
        assertThat(PublishTarget.of(registry, image(source))).hasToString(target);
    }

    @Test
    void imageWithoutATag_getsOneFromItsId() {
        assertThat(PublishTarget.of("reg.example", image("etl@sha256:" + "0".repeat(64))))
                .hasToString("reg.example/etl:id-abababababab");
    }

    @Test
    void registryThatIsNone_isRefused() {
        assertThatThrownBy(() -> PublishTarget.of("team", image("etl:1"))).isInstanceOf(InvalidSpecException.class);
        assertThatThrownBy(() -> PublishTarget.of("https://r.example", image("etl:1")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("portolan.local.registry");
    }
}

package io.portolan.local.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.image.ImageReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineImagesTest {
    private static final String ONE = "sha256:" + "1".repeat(64);
    private static final String TWO = "sha256:" + "2".repeat(64);

    @Test
    void digest_isThatOfTheSameRepository() {
        List<String> known = List.of("ghcr.io/acme/etl@" + ONE, "busybox@" + TWO);

        assertThat(EngineImages.digest(ImageReference.parse("docker.io/library/busybox:1"), known))
                .isEqualTo(TWO);
        assertThat(EngineImages.digest(ImageReference.parse("ghcr.io/acme/etl:9"), known))
                .isEqualTo(ONE);
        assertThat(EngineImages.digest(ImageReference.parse("etl:9"), known)).isNull();
        assertThat(EngineImages.digest(ImageReference.parse("etl:9"), null)).isNull();
    }
}

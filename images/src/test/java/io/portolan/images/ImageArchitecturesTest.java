package io.portolan.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.Violation;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageArchitecturesTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final ImageReference OWN = ImageReference.parse(OwnRegistry.HOST + "/app/etl:1");

    private final AtomicInteger asked = new AtomicInteger();
    private @Nullable PortolanException broken;
    private final ImageArchitectures architectures = new ImageArchitectures(new OwnRegistry(), this::amd64Only);

    private Optional<Image> amd64Only(ImageReference reference, Architecture architecture) {
        asked.incrementAndGet();
        if (broken != null) {
            throw broken;
        }
        if (architecture != Architecture.AMD64) {
            throw new InvalidSpecException(
                    "image", List.of(new Violation("architecture", "arm64", "the image is for linux/amd64 only", "d")));
        }
        return Optional.of(new Image(reference, DIGEST, architecture, DIGEST));
    }

    @Test
    void check_fitting_passes() {
        assertThatCode(() -> architectures.check(OWN, Architecture.AMD64)).doesNotThrowAnyException();
    }

    @Test
    void check_notFitting_isRefusedWithTheFix() {
        assertThatThrownBy(() -> architectures.check(OWN, Architecture.ARM64))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("app/etl:1")
                .hasMessageContaining("has no variant for arm64: the image is for linux/amd64 only")
                .hasMessageContaining("architecture(ARM64)")
                .hasMessageContaining("ask for amd64");
    }

    @Test
    void check_otherRegistry_isNotAsked() {
        architectures.check(ImageReference.parse("busybox"), Architecture.ARM64);

        assertThat(asked).hasValue(0);
    }

    @Test
    void check_registryThatDoesNotAnswer_passes() {
        broken = new PortolanException(ErrorCode.UNAVAILABLE, "down");

        assertThatCode(() -> architectures.check(OWN, Architecture.AMD64)).doesNotThrowAnyException();
    }

    @Test
    void check_pinnedImageAgain_isNotAskedAgain() {
        architectures.check(OWN.withDigest(DIGEST), Architecture.AMD64);
        architectures.check(OWN.withDigest(DIGEST), Architecture.AMD64);
        int pinned = asked.get();
        architectures.check(OWN, Architecture.AMD64);
        architectures.check(OWN, Architecture.AMD64);

        assertThat(pinned).isEqualTo(1);
        assertThat(asked).as("a tag may have moved").hasValue(3);
    }

    @Test
    void check_imageForAProcessorThatThePlatformLacks_isRefusedBeforeItIsPublished() {
        Image arm = new Image(ImageReference.parse("etl:1"), DIGEST, Architecture.ARM64, null);

        assertThatCode(() -> architectures.check(arm)).doesNotThrowAnyException();
        assertThatThrownBy(
                        () -> new ImageArchitectures(new OwnRegistry(Architecture.AMD64), this::amd64Only).check(arm))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("the image is for arm64 only")
                .hasMessageContaining("architecture(AMD64)")
                .hasMessageNotContaining("or ask for");
        assertThat(asked).hasValue(0);
    }
}

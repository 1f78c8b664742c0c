package io.portolan.aws.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.InvalidSpecException;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcrTargetTest {
    private static final String ID = "sha256:" + "0123456789abcdef".repeat(4);

    private static String target(String prefix, String reference) {
        Image image = new Image(ImageReference.parse(reference), ID, Architecture.AMD64, null);
        return EcrTarget.of(FakeEcr.HOST, prefix, image).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "etl:1.4, app/etl:1.4",
        "acme/etl:1.4, app/acme/etl:1.4",
        "app/etl:1, app/etl:1",
        "ghcr.io/acme/etl:1, app/acme/etl:1",
        "docker.io/foo.bar/x:1, app/foo.bar/x:1",
        "127.0.0.1:5000/etl:1, app/etl:1"
    })
    void of_name_isBelowThePrefixWithoutItsRegistry(String reference, String expected) {
        assertThat(target("app", reference)).isEqualTo(FakeEcr.HOST + "/" + expected);
    }

    @Test
    void of_prefixOfSeveralParts_isTaken() {
        assertThat(target("team/app/", "etl:1")).isEqualTo(FakeEcr.HOST + "/team/app/etl:1");
    }

    @Test
    void of_nameInTheRegistry_isKept() {
        assertThat(target("app", FakeEcr.HOST + "/other/etl:1")).isEqualTo(FakeEcr.HOST + "/other/etl:1");
    }

    @Test
    void of_digestWithoutTag_getsATagOfTheId() {
        assertThat(target("app", "etl@" + ID)).isEqualTo(FakeEcr.HOST + "/app/etl:id-0123456789ab");
    }

    @Test
    void of_nameThatEcrRefuses_isRefusedBefore() {
        assertThatThrownBy(() -> target("app", "acme__etl:1"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("app/acme__etl");
    }
}

package io.portolan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "busybox, docker.io, library/busybox, latest, busybox:latest",
                "busybox:1.36, docker.io, library/busybox, 1.36, busybox:1.36",
                "acme/etl, docker.io, acme/etl, latest, acme/etl:latest",
                "docker.io/busybox, docker.io, library/busybox, latest, busybox:latest",
                "index.docker.io/library/busybox:x, docker.io, library/busybox, x, busybox:x",
                "docker.io/library/a/b:x, docker.io, library/a/b, x, library/a/b:x",
                "docker.io/foo.bar/x:y, docker.io, foo.bar/x, y, docker.io/foo.bar/x:y",
                "docker.io/localhost/x:y, docker.io, localhost/x, y, docker.io/localhost/x:y",
                "ghcr.io/acme/etl:1.4, ghcr.io, acme/etl, 1.4, ghcr.io/acme/etl:1.4",
                "ghcr.io/etl, ghcr.io, etl, latest, ghcr.io/etl:latest",
                "localhost/a, localhost, a, latest, localhost/a:latest",
                "localhost:5000/a:b, localhost:5000, a, b, localhost:5000/a:b",
                "127.0.0.1:5000/a/b/c:_x, 127.0.0.1:5000, a/b/c, _x, 127.0.0.1:5000/a/b/c:_x",
                "registry:5000/a, registry:5000, a, latest, registry:5000/a:latest",
                "[2001:db8::1]:5000/a:b, [2001:db8::1]:5000, a, b, [2001:db8::1]:5000/a:b",
                "Ghcr.IO/a, Ghcr.IO, a, latest, Ghcr.IO/a:latest",
                "a.b:5000, docker.io, library/a.b, 5000, a.b:5000",
                "a__b/c-_d, -, -, -, -",
                "a__b/c---d.e_f, docker.io, a__b/c---d.e_f, latest, a__b/c---d.e_f:latest",
            })
    void parse_text_givesTheNormalisedParts(String text, String registry, String repository, String tag, String shown) {
        if (registry == null) {
            assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.parse(text));
            return;
        }
        ImageReference reference = ImageReference.parse(text);

        assertThat(reference.registry()).isEqualTo(registry);
        assertThat(reference.repository()).isEqualTo(repository);
        assertThat(reference.tag()).contains(tag);
        assertThat(reference.digest()).isEmpty();
        assertThat(reference).hasToString(shown);
        assertThat(ImageReference.parse(shown)).isEqualTo(reference);
    }

    @Test
    void parse_digest_needsNoTag() {
        ImageReference pinned = ImageReference.parse("acme/etl@" + DIGEST);
        assertThat(pinned.tag()).isEmpty();
        assertThat(pinned.digest()).contains(DIGEST);
        assertThat(pinned).hasToString("acme/etl@" + DIGEST);
        assertThat(ImageReference.parse("acme/etl:1@" + DIGEST).tag()).contains("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Busybox|has the repository 'library/Busybox', which must be lower-case letters, digits and single . _ - /",
                "a//b|has the repository 'a//b', which must be lower-case letters, digits and single . _ - /",
                "a/|has the repository 'a/', which must be lower-case letters, digits and single . _ - /",
                "a..b|has the repository 'library/a..b', which must be lower-case letters, digits and single . _ - /",
                "-a|has the repository 'library/-a', which must be lower-case letters, digits and single . _ - /",
                "a b|has the repository 'library/a b', which must be lower-case letters, digits and single . _ - /",
                "a:-x|has the tag '-x', which must be 1 to 128 letters, digits, _ . -",
                "a@sha256:00|has the digest 'sha256:00', which must be sha256: and 64 lower-case hex digits",
                "a@md5:00|has the digest 'md5:00', which must be sha256: and 64 lower-case hex digits",
                "gh_cr.io/a|has the registry 'gh_cr.io', which is no host name with an optional port",
                "a.b:x/c|has the registry 'a.b:x', which is no host name with an optional port",
                "https://ghcr.io/a|has the registry 'https:', which is no host name with an optional port",
            })
    void parse_otherText_saysWhichPartIsWrong(String text, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse(text))
                .withMessage("image reference was '" + text + "' but " + rule + "; for example 'ghcr.io/acme/etl:1.4'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "a@", "a:b:c", "a:", ":a", "/a", "a@" + "sha256:x@y", "a\n", "a:b\n"})
    void parse_noReference_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse(text))
                .withMessageStartingWith("image reference was '" + text + "' but ");
    }

    @Test
    void parse_hugeText_isRefusedAndShortened() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse("a".repeat(100_000)))
                .withMessageStartingWith("image reference was '" + "a".repeat(100) + "...' but must be [registry/]");
        assertThat(ImageReference.parse("a:" + "t".repeat(128)).tag()).contains("t".repeat(128));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.parse("a:" + "t".repeat(129)));
    }

    @Test
    void parse_anyLegalReference_readsItsTextBack() {
        Random random = new Random(20261122);
        List<String> registries = List.of("", "docker.io/", "ghcr.io/", "localhost/", "h:1/", "a-b.c:65000/", "[::1]/");
        List<String> parts = List.of("a", "library", "x.y", "1__2", "localhost", "foo.bar", "a-b--c", "0");
        List<String> ends = List.of("", ":latest", ":1.0-rc_1", "@" + DIGEST, ":V@" + DIGEST);
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder(registries.get(random.nextInt(registries.size())));
            for (int part = random.nextInt(3); part >= 0; part--) {
                text.append(parts.get(random.nextInt(parts.size()))).append(part == 0 ? "" : "/");
            }
            text.append(ends.get(random.nextInt(ends.size())));
            ImageReference reference = ImageReference.parse(text.toString());
            assertThat(ImageReference.parse(reference.toString()))
                    .as("%s as %s", text, reference)
                    .isEqualTo(reference)
                    .hasToString(reference.toString());
        }
    }

    @Test
    void withTagAndDigest_changeOnlyThese() {
        ImageReference reference = ImageReference.parse("ghcr.io/acme/etl:1.4");

        assertThat(reference.withTag("2")).isEqualTo(ImageReference.parse("ghcr.io/acme/etl:2"));
        assertThat(reference.withDigest(DIGEST)).isEqualTo(ImageReference.parse("ghcr.io/acme/etl:1.4@" + DIGEST));
        assertThat(reference.withDigest(DIGEST).withTag("2").digest()).isEmpty();
        assertThat(reference.name()).isEqualTo("ghcr.io/acme/etl");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reference.withTag("a b"))
                .withMessageContaining("image reference was 'ghcr.io/acme/etl:a b' but has the tag 'a b'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reference.withDigest("sha256:0"))
                .withMessageContaining("has the digest 'sha256:0'");
    }

    @Test
    void references_areEqualByTheirParts() {
        EqualsVerifier.forClass(ImageReference.class)
                .suppress(Warning.NULL_FIELDS)
                .verify();
    }
}

package io.portolan.local.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTest {
    private static String needed(String text) {
        return Dockerfile.parse(text).needsBuildKit(Set.of()).orElse("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# syntax=docker/dockerfile:1\nFROM a",
                "#syntax = docker/dockerfile:1.7\nFROM a",
                "# escape=`\n# SYNTAX=docker/dockerfile:1\nFROM a",
                "FROM a\nRUN --mount=type=cache,target=/x make",
                "FROM a\nrun --network=none make",
                "FROM a\nRUN \\\n  # a comment\n  --mount=type=secret,id=x \\\n  make",
                "FROM a\nCOPY --link a b",
                "FROM a\nCOPY --chmod=755 a b",
                "FROM a\nCOPY --chown=1:1 --parents a b",
                "FROM a\nADD --checksum=sha256:1 https://x /x",
                "FROM a\nRUN <<EOF\necho hi\nEOF\n",
                "FROM a\nRUN python3 <<-'PY'\nprint(1)\nPY\n",
                "FROM a\nCOPY <<EOF /x\nhi\nEOF\n",
                "FROM --platform=$BUILDPLATFORM a",
                "FROM --platform=${TARGETPLATFORM} a",
                "FROM a\nARG TARGETARCH\nRUN echo $TARGETARCH",
            })
    void featureOfBuildKit_needsBuildKit(String dockerfile) {
        assertThat(needed(dockerfile)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM a",
                "FROM --platform=linux/amd64 a AS b\nCOPY --from=b --chown=1:1 x y",
                "FROM a\n# syntax=docker/dockerfile:1",
                "# a comment\n# syntax=docker/dockerfile:1\nFROM a",
                "FROM a\nRUN echo $((1<<2)) && cat <<< hello",
                "FROM a\nRUN cat << EOF > /x",
                "FROM a\nRUN make --mount=nothing",
                "FROM a\nRUN echo --network=none",
                "FROM a\nHEALTHCHECK --interval=5s --timeout=3s CMD true",
                "FROM a\nARG TARGETARCH=amd64",
                "",
            })
    void plainDockerfile_needsNone(String dockerfile) {
        assertThat(needed(dockerfile)).isEmpty();
    }

    @Test
    void reason_namesTheFeature() {
        assertThat(needed("FROM a\nRUN --mount=type=cache,target=/x make")).isEqualTo("RUN --mount");
        assertThat(needed("# syntax=docker/dockerfile:1\nFROM a")).isEqualTo("# syntax=");
    }

    @Test
    void argumentOfBuildKit_thatIsGiven_needsNone() {
        assertThat(Dockerfile.parse("FROM a\nARG TARGETARCH").needsBuildKit(Set.of("TARGETARCH")))
                .isEmpty();
    }

    @Test
    void registries_areThoseOfBases() {
        String text = "ARG X=1\nFROM --platform=linux/amd64 ghcr.io/acme/base:1 AS one\nFROM busybox\nFROM one\n"
                + "FROM $X\nFROM scratch\nFROM localhost:5000/x@sha256:" + "0".repeat(64);

        assertThat(Dockerfile.parse(text).registries()).containsExactly("ghcr.io", "docker.io", "localhost:5000");
    }
}

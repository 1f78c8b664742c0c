package io.portolan.local.internal.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are those of Docker Engine 20.10 to 28 and of registries, as they come. */
@DisplayName("The engine's text for a failure")
class FailureMapperTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BAD_COMMAND | OCI runtime create failed: container_linux.go:380: starting container process caused: exec: \"nosuch\": executable file not found in $PATH: unknown",
                "BAD_COMMAND | failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: \"/app\": stat /app: no such file or directory: unknown",
                "BAD_COMMAND | OCI runtime create failed: runc create failed: unable to start container process: exec: \"/etc/passwd\": permission denied: unknown",
                "BAD_COMMAND | OCI runtime create failed: runc create failed: unable to start container process: exec: \"/etc\": is a directory: unknown",
                "BAD_IMAGE | exec /app: exec format error",
                "BAD_IMAGE | image with reference busybox:1 was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64",
                "BAD_IMAGE | No command specified",
                "BAD_IMAGE | unable to find user nobody-here: no matching entries in passwd file",
                "VOLUME | invalid mount config for type \"bind\": bind source path does not exist: /no/such/directory",
                "VOLUME | OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting \"/tmp\" to rootfs at \"/etc/passwd\": mount /tmp:/etc/passwd (via /proc/self/fd/6), flags: 0x5000: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type",
                "VOLUME | OCI runtime create failed: container_linux.go:380: starting container process caused: process_linux.go:545: container init caused: rootfs_linux.go:76: mounting \"/tmp\" to rootfs at \"/etc/passwd\" caused: mount through procfd: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)?",
                "VOLUME | OCI runtime create failed: container_linux.go:380: starting container process caused: process_linux.go:545: container init caused: rootfs_linux.go:76: mounting \"/srv/in\" to rootfs at \"/in\" caused: mkdir /var/lib/docker/overlay2/4c01/merged/in: permission denied: unknown",
                "VOLUME | error while mounting volume '/var/lib/docker/volumes/nfs/_data': failed to mount local volume: mount :/export:/var/lib/docker/volumes/nfs/_data: no such host",
                "VOLUME | Duplicate mount point: /data",
                "PLACEMENT | could not select device driver \"\" with capabilities: [[gpu]]",
                "PLACEMENT | nvidia-container-cli: initialization error: nvml error: driver not loaded: unknown",
                "PLACEMENT | Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available",
                "OUT_OF_MEMORY | Minimum memory limit allowed is 6MB",
                "OUT_OF_MEMORY | OCI runtime create failed: runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?): unknown",
                "IMAGE_NOT_FOUND | No such image: shop:1",
                "PLATFORM | mkdir /var/lib/docker/overlay2/4c01: no space left on device",
                "PLATFORM | network portolan-shop not found",
                "PLATFORM | driver failed programming external connectivity on endpoint web: Bind for 0.0.0.0:8080 failed: port is already allocated",
            })
    void start_refusedWithAKnownText_hasItsCause(FailureCause cause, String text) {
        Failure failure = FailureMapper.start(text, "127");

        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.message()).isEqualTo(text);
        assertThat(failure.nativeCode()).hasValue("127");
    }

    @Test
    void start_refusedWithAnUnknownText_isUnknownUnlessTheEngineFailedInside() {
        assertThat(FailureMapper.start("flux capacitor is empty", "400").cause())
                .isEqualTo(FailureCause.UNKNOWN);
        assertThat(FailureMapper.start("flux capacitor is empty", "500").cause())
                .isEqualTo(FailureCause.PLATFORM);
        assertThat(FailureMapper.start("flux capacitor is empty", "5").cause()).isEqualTo(FailureCause.UNKNOWN);
    }

    @Test
    void fullDisk_whateverElseTheTextSays_isThePlatforms() {
        assertThat(FailureMapper.start(
                                "error mounting \"/data\" to rootfs: mkdir /data: no space left on device", "128")
                        .cause())
                .isEqualTo(FailureCause.PLATFORM);
    }

    @Test
    void text_withoutEnd_isCut() {
        assertThat(FailureMapper.start("x".repeat(5_000), "400").message()).hasSize(603);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "IMAGE_NOT_FOUND | manifest for registry.example/app:9 not found: manifest unknown: manifest unknown",
                "IMAGE_NOT_FOUND | Error: image app:9 not found",
                "IMAGE_NOT_FOUND | Get \"https://no.such.registry/v2/\": dial tcp: lookup no.such.registry on 10.0.0.2:53: no such host",
                "IMAGE_NOT_FOUND | Get \"https://10.0.0.9:5000/v2/\": http: server gave HTTP response to HTTPS client",
                "IMAGE_AUTH | Head \"https://registry.example/v2/app/manifests/1\": no basic auth credentials",
                "IMAGE_AUTH | Head \"https://registry.example/v2/app/manifests/1\": unauthorized: incorrect username or password",
                "IMAGE_AUTH | pull access denied for app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
                "IMAGE_AUTH | failed to authorize: failed to fetch oauth token: unexpected status: 403 Forbidden",
                "IMAGE_AUTH | unexpected status from HEAD request to https://registry.example/v2/app/manifests/1: 401 Unauthorized",
                "IMAGE_AUTH | Head \"https://ghcr.io/v2/acme/app/manifests/1\": denied: denied",
                "IMAGE_AUTH | denied: Your authorization token has expired. Reauthenticate and try again.",
                "IMAGE_AUTH | denied: Permission \"artifactregistry.repositories.downloadArtifacts\" denied on resource \"shop\" (or it may not exist)",
                "BAD_IMAGE | no matching manifest for linux/arm64/v8 in the manifest list entries",
                "IMAGE_PULL_TRANSIENT | Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused",
                "IMAGE_PULL_TRANSIENT | Get \"http://127.0.0.1:14031/v2/\": dial tcp 127.0.0.1:14031: connect: connection refused",
                "IMAGE_PULL_TRANSIENT | Get \"https://registry.example/v2/app/manifests/sha256:401f403e404\": EOF",
                "IMAGE_PULL_TRANSIENT | failed to register layer: mkdir /var/lib/docker/tmp/x: permission denied",
                "IMAGE_PULL_TRANSIENT | toomanyrequests: You have reached your pull rate limit",
                "IMAGE_PULL_TRANSIENT | received unexpected HTTP status: 503 Service Unavailable",
                "IMAGE_PULL_TRANSIENT | net/http: TLS handshake timeout",
                "IMAGE_PULL_TRANSIENT | unexpected EOF",
                "IMAGE_PULL_TRANSIENT | something that nobody has seen",
                "PLATFORM | failed to register layer: write /usr/lib/x: no space left on device",
            })
    void pull_refused_hasTheCauseOfItsText(FailureCause cause, String text) {
        assertThat(FailureMapper.pull(text).cause()).isEqualTo(cause);
    }

    @Test
    void missingImage_isToldInAnyCase() {
        assertThat(FailureMapper.isMissingImage("No such image: shop:1")).isTrue();
        assertThat(FailureMapper.isMissingImage("no such image")).isTrue();
        assertThat(FailureMapper.isMissingImage("no such container")).isFalse();
    }
}

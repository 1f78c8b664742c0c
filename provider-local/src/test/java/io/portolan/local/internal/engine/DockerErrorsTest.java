package io.portolan.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("An error of docker-java")
class DockerErrorsTest {
    private static PortolanException map(RuntimeException error) {
        return DockerErrors.map(error, "create", "shop", "unix:///var/run/docker.sock");
    }

    private static DockerException answer(int status, String message) {
        return new DockerException("{\"message\":\"" + message + "\"}\n", status);
    }

    /** As docker-java wraps what goes wrong on the way. */
    private static RuntimeException transport(Exception cause) {
        return new RuntimeException(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad parameter, INVALID_ARGUMENT",
        "400, client version 1.20 is too old, UNSUPPORTED",
        "400, client version 1.60 is too new. Maximum supported API version is 1.41, UNSUPPORTED",
        "401, who are you, UNAUTHENTICATED",
        "403, authorization denied by plugin, PERMISSION_DENIED",
        "404, No such container: shop, NOT_FOUND",
        "409, The container name is already in use, CONFLICT",
        "418, short and stout, UNKNOWN",
        "429, slow down, THROTTLED",
        "500, something broke, PROVIDER_ERROR",
        "500, write /var/lib/docker/x: no space left on device, QUOTA_EXCEEDED",
        "501, not implemented, UNSUPPORTED",
        "503, this node is not ready, UNAVAILABLE",
    })
    void answer_ofTheEngine_hasACodeByItsStatus(int status, String text, ErrorCode code) {
        PortolanException mapped = map(answer(status, text));

        assertThat(mapped.code()).isEqualTo(code);
        assertThat(mapped).hasMessage("Docker engine refused create of 'shop': " + text);
        assertThat(mapped.nativeCode()).hasValue(Integer.toString(status));
        assertThat(mapped.operation()).hasValue("create");
        assertThat(mapped.resource()).hasValue("shop");
    }

    @Test
    void answer_isToldFromWhatGotNone() {
        assertThat(DockerErrors.isAnswer(new NotFoundException("gone"))).isTrue();
        assertThat(DockerErrors.isAnswer(new ConflictException("taken"))).isTrue();
        assertThat(DockerErrors.isAnswer(transport(new IOException("broken pipe"))))
                .isFalse();
        assertThat(DockerErrors.status(new InternalServerErrorException("broke")))
                .isEqualTo(500);
        assertThat(DockerErrors.status(new IllegalStateException())).isZero();
    }

    @Test
    void text_isTheEnginesOwnInOneLine() {
        assertThat(DockerErrors.text(answer(404, "exec: \\\"nosuch\\\": not found\\n  see the manual ")))
                .isEqualTo("exec: \"nosuch\": not found see the manual");
        assertThat(DockerErrors.text(new DockerException("plain text\n", 500))).isEqualTo("plain text");
        assertThat(DockerErrors.text(new DockerException("\n", 500))).isEqualTo("DockerException");
        assertThat(DockerErrors.text(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    @Test
    void text_isWithoutTheEscapesOfJson() {
        assertThat(DockerErrors.text(answer(400, "exec: \\\"a \\u0026\\u0026 b\\\": \\u003cnil\\u003e")))
                .isEqualTo("exec: \"a && b\": <nil>");
        assertThat(DockerErrors.text(answer(400, "C:\\\\new\\\\table"))).isEqualTo("C:\\new\\table");
    }

    static Stream<Exception> unreachable() {
        return Stream.of(
                new ConnectException("Connection refused"),
                new UnknownHostException("build"),
                new NoSuchFileException("/var/run/docker.sock"),
                new SocketException("No such file or directory"));
    }

    @ParameterizedTest
    @MethodSource("unreachable")
    void engine_thatIsNotThere_isUnavailableAndMayBeAskedAgain(Exception cause) {
        PortolanException mapped = map(transport(cause));

        assertThat(mapped.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(mapped.retryability()).as("nothing was sent").isEqualTo(Retryability.YES);
        assertThat(mapped).hasMessageContaining("unix:///var/run/docker.sock").hasMessageContaining("start it");
    }

    @Test
    void socket_thatRefusesTheUser_isPermissionDeniedAndNamesTheGroup() {
        PortolanException mapped = map(transport(new SocketException("Permission denied")));

        assertThat(mapped.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(mapped).hasMessageContaining("group 'docker'");
    }

    @Test
    void connection_thatBroke_leavesTheOutcomeUnknown() {
        for (IOException cause : new IOException[] {
            new IOException("Broken pipe"), new EOFException("No such file or directory"), new SocketException("reset")
        }) {
            PortolanException mapped = map(transport(cause));
            assertThat(mapped.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(mapped.retryability()).isEqualTo(Retryability.UNKNOWN_OUTCOME);
        }
    }

    @Test
    void answer_thatDidNotComeInTime_isATimeoutAndNamesTheSetting() {
        for (RuntimeException error : new RuntimeException[] {
            new CallTimeout.Expired(transport(new ClosedByInterruptException())),
            transport(new SocketTimeoutException("Read timed out"))
        }) {
            PortolanException mapped = map(error);
            assertThat(mapped.code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(mapped).hasMessageContaining("portolan.local.call-timeout");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void interrupt_ofTheCaller_isCancelledAndStaysSet() {
        PortolanException mapped = map(transport(new ClosedByInterruptException()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(mapped.code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void error_ofThisSdk_isPassedOn() {
        PortolanException known = new PortolanException(ErrorCode.CONFLICT, "known");

        assertThat(map(known)).isSameAs(known);
    }

    @Test
    void error_thatIsNoneOfTheseIsUnknown() {
        assertThat(map(new IllegalStateException("odd")).code()).isEqualTo(ErrorCode.UNKNOWN);
    }
}

package io.portolan.aws.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.ecs.model.EcsException;

class AwsErrorsTest {
    private static EcsException answer(int status, String code, String message) {
        return (EcsException) EcsException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .sdkHttpResponse(
                                SdkHttpResponse.builder().statusCode(status).build())
                        .build())
                .statusCode(status)
                .requestId("request-1")
                .build();
    }

    private static RuntimeException noAnswer(Throwable cause) {
        return SdkClientException.create("Unable to execute HTTP request: " + cause.getMessage(), cause);
    }

    private static PortolanException mapped(RuntimeException error) {
        return AwsErrors.map(error, "ecs:RunTask", "etl");
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments(400, "ThrottlingException", "Rate exceeded", ErrorCode.THROTTLED),
                arguments(400, "RequestLimitExceeded", "slow down", ErrorCode.THROTTLED),
                arguments(429, "Anything", "too many", ErrorCode.THROTTLED),
                // These two the vendor's client never repeats.
                arguments(
                        400,
                        "ClientException",
                        "Too many concurrent attempts to create a new revision of the specified family.",
                        ErrorCode.THROTTLED),
                arguments(
                        400,
                        "InvalidParameterException",
                        "Error retrieving subnet information for [subnet-1]: Rate exceeded (ErrorCode: Throttling)",
                        ErrorCode.THROTTLED),
                arguments(500, "ServerException", "inside", ErrorCode.PROVIDER_ERROR),
                arguments(502, "", "bad gateway", ErrorCode.PROVIDER_ERROR),
                arguments(503, "", "unavailable", ErrorCode.UNAVAILABLE),
                arguments(500, "ServiceUnavailableException", "unavailable", ErrorCode.UNAVAILABLE),
                arguments(400, "OperationAbortedException", "conflicting operation", ErrorCode.UNAVAILABLE),
                arguments(400, "ConflictException", "token used with other parameters", ErrorCode.CONFLICT),
                arguments(400, "UpdateInProgressException", "in progress", ErrorCode.CONFLICT),
                arguments(400, "LimitExceededException", "limit", ErrorCode.QUOTA_EXCEEDED),
                arguments(
                        400,
                        "ClientException",
                        "You've reached the limit on the number of tasks you can run concurrently",
                        ErrorCode.QUOTA_EXCEEDED),
                arguments(400, "AccessDeniedException", "not authorized", ErrorCode.PERMISSION_DENIED),
                arguments(403, "Anything", "no", ErrorCode.PERMISSION_DENIED),
                arguments(400, "UnrecognizedClientException", "bad token", ErrorCode.UNAUTHENTICATED),
                arguments(400, "ExpiredTokenException", "expired", ErrorCode.UNAUTHENTICATED),
                arguments(401, "Anything", "no", ErrorCode.UNAUTHENTICATED),
                arguments(400, "ClusterNotFoundException", "Cluster not found.", ErrorCode.NOT_FOUND),
                arguments(400, "ResourceNotFoundException", "no stream", ErrorCode.NOT_FOUND),
                arguments(400, "RepositoryAlreadyExistsException", "exists", ErrorCode.ALREADY_EXISTS),
                arguments(400, "ResourceAlreadyExistsException", "exists", ErrorCode.ALREADY_EXISTS),
                arguments(400, "ClientException", "wrong", ErrorCode.INVALID_ARGUMENT),
                arguments(400, "InvalidParameterException", "wrong", ErrorCode.INVALID_ARGUMENT),
                arguments(400, "UnsupportedFeatureException", "no", ErrorCode.UNSUPPORTED),
                arguments(400, "BrandNewException", "?", ErrorCode.UNKNOWN));
    }

    @ParameterizedTest(name = "{0} {1} is {3}")
    @MethodSource("answers")
    void map_answer_hasItsCodeAndTheDefaultRetryability(int status, String type, String message, ErrorCode expected) {
        PortolanException error = mapped(answer(status, type, message));

        assertThat(error.code()).isEqualTo(expected);
        assertThat(error.retryability()).isEqualTo(expected.retryability());
        assertThat(error).hasMessageContaining(message).hasMessageContaining("ecs:RunTask");
    }

    @Test
    void map_answer_keepsWhatSupportAsksFor() {
        EcsException cause = answer(400, "ClusterNotFoundException", "Cluster\n not found.");

        PortolanException error = mapped(cause);

        assertThat(error.provider()).contains("aws");
        assertThat(error.operation()).contains("ecs:RunTask");
        assertThat(error.resource()).contains("etl");
        assertThat(error.requestId()).contains("request-1");
        assertThat(error.nativeCode()).contains("ClusterNotFoundException");
        assertThat(AwsErrors.nativeCode(error)).contains("ClusterNotFoundException");
        assertThat(error.attempts()).isEqualTo(1);
        assertThat(error).hasCause(cause).hasMessageContaining("Cluster not found.");
    }

    @Test
    void map_answerWithoutDetails_isMappedByItsStatus() {
        PortolanException error = mapped((RuntimeException)
                EcsException.builder().statusCode(500).message("odd").build());

        assertThat(error.code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
        assertThat(error.nativeCode()).contains("500");
    }

    @Test
    void map_retryAfter_isKept() {
        EcsException limited = (EcsException) EcsException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ThrottlingException")
                        .errorMessage("slow")
                        .sdkHttpResponse(SdkHttpResponse.builder()
                                .statusCode(400)
                                .putHeader("x-amz-retry-after", "1500")
                                .build())
                        .build())
                .statusCode(400)
                .build();

        assertThat(mapped(limited).retryAfter()).contains(Duration.ofMillis(1500));
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                arguments(ApiCallTimeoutException.create(30_000), ErrorCode.TIMEOUT, Retryability.UNKNOWN_OUTCOME),
                arguments(
                        ApiCallAttemptTimeoutException.create(30_000), ErrorCode.TIMEOUT, Retryability.UNKNOWN_OUTCOME),
                arguments(
                        noAnswer(new SocketTimeoutException("Read timed out")),
                        ErrorCode.TIMEOUT,
                        Retryability.UNKNOWN_OUTCOME),
                arguments(
                        noAnswer(new ConnectException("Connection refused")), ErrorCode.UNAVAILABLE, Retryability.YES),
                arguments(noAnswer(new UnknownHostException("ecs.nowhere")), ErrorCode.UNAVAILABLE, Retryability.YES),
                arguments(noAnswer(new NoRouteToHostException("No route")), ErrorCode.UNAVAILABLE, Retryability.YES),
                arguments(
                        noAnswer(new IOException("Connection reset")),
                        ErrorCode.UNAVAILABLE,
                        Retryability.UNKNOWN_OUTCOME),
                arguments(
                        SdkClientException.create("Unable to load credentials from any of the providers in the chain"),
                        ErrorCode.UNAUTHENTICATED,
                        Retryability.NO),
                arguments(
                        SdkClientException.create("Unable to load region from any of the providers in the chain"),
                        ErrorCode.INVALID_ARGUMENT,
                        Retryability.NO),
                arguments(SdkClientException.create("odd"), ErrorCode.UNKNOWN, Retryability.NO),
                arguments(new IllegalStateException("odd"), ErrorCode.UNKNOWN, Retryability.NO));
    }

    @ParameterizedTest
    @MethodSource("silences")
    void map_noAnswer_hasItsCodeAndRetryability(RuntimeException cause, ErrorCode code, Retryability retryability) {
        PortolanException error = mapped(cause);

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.retryability()).isEqualTo(retryability);
        assertThat(error).hasCause(cause);
    }

    static Stream<RuntimeException> interrupts() {
        return Stream.of(
                AbortedException.create("Thread was interrupted"), noAnswer(new InterruptedIOException("interrupted")));
    }

    @ParameterizedTest
    @MethodSource("interrupts")
    void map_interrupt_isCancelledAndStaysSet(RuntimeException cause) {
        PortolanException error = mapped(cause);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void map_mapped_staysTheSame() {
        PortolanException known = new PortolanException(ErrorCode.CONFLICT, "known");

        assertThat(mapped(known)).isSameAs(known);
    }
}

package io.portolan.aws.internal.client;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import io.portolan.id.ProviderId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The only place that gives the vendor's exceptions a meaning. Pure. */
public final class AwsErrors {
    private static final String ALREADY_EXISTS = "AlreadyExists";
    private static final Map<String, ErrorCode> CODES = Map.ofEntries(
            Map.entry("AccessDenied", ErrorCode.PERMISSION_DENIED),
            Map.entry("AccessDeniedException", ErrorCode.PERMISSION_DENIED),
            Map.entry("UnauthorizedOperation", ErrorCode.PERMISSION_DENIED),
            Map.entry("UnrecognizedClientException", ErrorCode.UNAUTHENTICATED),
            Map.entry("InvalidSignatureException", ErrorCode.UNAUTHENTICATED),
            Map.entry("MissingAuthenticationTokenException", ErrorCode.UNAUTHENTICATED),
            Map.entry("IncompleteSignatureException", ErrorCode.UNAUTHENTICATED),
            Map.entry("ExpiredTokenException", ErrorCode.UNAUTHENTICATED),
            Map.entry("InvalidClientTokenId", ErrorCode.UNAUTHENTICATED),
            Map.entry("ConflictException", ErrorCode.CONFLICT),
            Map.entry("ServiceNotActiveException", ErrorCode.CONFLICT),
            Map.entry("UpdateInProgressException", ErrorCode.CONFLICT),
            Map.entry("ServiceDeploymentNotFoundException", ErrorCode.NOT_FOUND),
            Map.entry("ObjectNotFoundException", ErrorCode.NOT_FOUND),
            Map.entry("ClientException", ErrorCode.INVALID_ARGUMENT),
            Map.entry("InvalidParameterException", ErrorCode.INVALID_ARGUMENT),
            Map.entry("ValidationException", ErrorCode.INVALID_ARGUMENT),
            Map.entry("SerializationException", ErrorCode.INVALID_ARGUMENT),
            Map.entry("PlatformUnknownException", ErrorCode.INVALID_ARGUMENT),
            Map.entry("PlatformTaskDefinitionIncompatibilityException", ErrorCode.INVALID_ARGUMENT),
            Map.entry("UnsupportedFeatureException", ErrorCode.UNSUPPORTED),
            Map.entry("UnknownOperationException", ErrorCode.UNSUPPORTED),
            Map.entry("LimitExceededException", ErrorCode.QUOTA_EXCEEDED),
            Map.entry("ServiceQuotaExceededException", ErrorCode.QUOTA_EXCEEDED),
            Map.entry("TooManyTagsException", ErrorCode.QUOTA_EXCEEDED),
            Map.entry("RepositoryNotEmptyException", ErrorCode.CONFLICT),
            Map.entry("ServiceUnavailableException", ErrorCode.UNAVAILABLE),
            // Two requests of ours met at one log group; the second may be made again.
            Map.entry("OperationAbortedException", ErrorCode.UNAVAILABLE));

    private AwsErrors() {}

    /**
     * What an exception means.
     *
     * @param error an exception of the vendor's client, or one that is mapped already
     * @param request {@code service:Operation}
     * @param resource what the request was about
     * @return the mapped error
     */
    public static PortolanException map(RuntimeException error, String request, String resource) {
        if (error instanceof PortolanException known) {
            return known;
        }
        PortolanException.Builder mapped = error instanceof AwsServiceException answer
                ? answered(answer, request, resource)
                : unanswered(error, request);
        return mapped.provider(ProviderId.AWS.value())
                .operation(request)
                .resource(resource)
                .attempts(1)
                .cause(error)
                .build();
    }

    /**
     * The service's own error code.
     *
     * @param error a mapped error
     * @return for example {@code ConflictException}, empty if AWS did not answer
     */
    public static Optional<String> nativeCode(PortolanException error) {
        return error.nativeCode();
    }

    /**
     * The connection was closed before the request.
     *
     * @param request what was to be called
     * @return an error of code {@code CANCELLED}
     */
    static PortolanException closed(String request) {
        return closed().provider(ProviderId.AWS.value()).operation(request).build();
    }

    private static PortolanException.Builder closed() {
        return PortolanException.builder(
                ErrorCode.CANCELLED, "the connection to AWS is closed; open a new one with Cloud.connect");
    }

    private static PortolanException.Builder answered(AwsServiceException error, String request, String resource) {
        String type = error.awsErrorDetails() == null
                ? ""
                : String.valueOf(error.awsErrorDetails().errorCode());
        String said = text(error);
        PortolanException.Builder mapped = PortolanException.builder(
                        code(error, type, said), "AWS refused " + request + " of '" + resource + "': " + said)
                .nativeCode(type.isEmpty() ? Integer.toString(error.statusCode()) : type)
                .requestId(error.requestId());
        retryAfter(error).ifPresent(mapped::retryAfter);
        return mapped;
    }

    private static ErrorCode code(AwsServiceException error, String type, String said) {
        if (isThrottle(error, said)) {
            return ErrorCode.THROTTLED;
        }
        if (said.contains("You've reached the limit") || said.contains("exceeded the maximum number of")) {
            return ErrorCode.QUOTA_EXCEEDED;
        }
        ErrorCode known = CODES.get(type);
        if (known != null) {
            return known;
        }
        if (type.contains(ALREADY_EXISTS)) {
            return ErrorCode.ALREADY_EXISTS;
        }
        if (type.endsWith("NotFoundException")) {
            return ErrorCode.NOT_FOUND;
        }
        return switch (error.statusCode()) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.PERMISSION_DENIED;
            case 404 -> ErrorCode.NOT_FOUND;
            case 413 -> ErrorCode.INVALID_ARGUMENT;
            case 503 -> ErrorCode.UNAVAILABLE;
            default -> error.statusCode() >= 500 ? ErrorCode.PROVIDER_ERROR : ErrorCode.UNKNOWN;
        };
    }

    /** Two throttles come under other names, and the vendor's client would never repeat them. */
    private static boolean isThrottle(AwsServiceException error, String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        return error.isThrottlingException()
                || error.statusCode() == 429
                || lower.contains("rate exceeded")
                || lower.contains("too many concurrent attempts");
    }

    private static Optional<Duration> retryAfter(AwsServiceException error) {
        if (error.awsErrorDetails() == null || error.awsErrorDetails().sdkHttpResponse() == null) {
            return Optional.empty();
        }
        return error.awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader("x-amz-retry-after")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofMillis(Long.parseLong(text)));
    }

    private static String text(AwsServiceException error) {
        String message =
                error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorMessage();
        String said = message == null || message.isBlank() ? String.valueOf(error.getMessage()) : message;
        return said.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static PortolanException.Builder unanswered(RuntimeException error, String request) {
        if (Thread.currentThread().isInterrupted()
                || error instanceof AbortedException
                || (has(error, InterruptedIOException.class) && !has(error, SocketTimeoutException.class))) {
            Thread.currentThread().interrupt();
            return PortolanException.builder(ErrorCode.CANCELLED, "the thread was interrupted during " + request);
        }
        if (has(error, RejectedExecutionException.class)) {
            // The vendor's client gives its timers up when it is closed, and then cannot begin a call.
            return closed().cause(error);
        }
        if (error instanceof ApiCallTimeoutException
                || error instanceof ApiCallAttemptTimeoutException
                || has(error, SocketTimeoutException.class)) {
            return PortolanException.builder(
                    ErrorCode.TIMEOUT,
                    "AWS did not answer " + request
                            + " in time; raise portolan.aws.call-timeout if the way to it is slow");
        }
        if (has(error, ConnectException.class)
                || has(error, UnknownHostException.class)
                || has(error, NoRouteToHostException.class)) {
            return PortolanException.builder(
                    ErrorCode.UNAVAILABLE,
                    "AWS cannot be reached for " + request + " (" + text(root(error))
                            + "); look at the network, the Region and portolan.aws.endpoint");
        }
        if (has(error, IOException.class)) {
            return PortolanException.builder(
                            ErrorCode.UNAVAILABLE,
                            "the connection to AWS broke during " + request + " (" + text(root(error)) + ")")
                    .retryability(Retryability.UNKNOWN_OUTCOME);
        }
        String said = text(error);
        if (said.contains("credentials")) {
            return PortolanException.builder(ErrorCode.UNAUTHENTICATED, "no credentials for " + request + ": " + said);
        }
        if (said.contains("egion")) {
            return PortolanException.builder(
                    ErrorCode.INVALID_ARGUMENT, "no Region for " + request + ": " + said + "; set portolan.aws.region");
        }
        return PortolanException.builder(
                ErrorCode.UNKNOWN,
                (error instanceof SdkClientException ? "the AWS client failed during " : "an unexpected error during ")
                        + request + ": " + said);
    }

    private static boolean has(Throwable error, Class<? extends Throwable> type) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable error) {
        Throwable root = error;
        for (@Nullable Throwable t = error; t != null; t = t.getCause()) {
            root = t;
        }
        return root;
    }

    private static String text(Throwable error) {
        String message = error.getMessage();
        return message == null
                ? error.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}

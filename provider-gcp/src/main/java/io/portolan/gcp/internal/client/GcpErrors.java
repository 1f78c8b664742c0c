package io.portolan.gcp.internal.client;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
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
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The only place that gives the vendor's exceptions a meaning. Pure.
 *
 * <p>Over REST the vendor's client judges by the HTTP code alone (409 is always "aborted", a broken connection is "unknown"), so the body
 * and the causes decide here.
 */
public final class GcpErrors {
    private static final Map<String, ErrorCode> CODES = Map.ofEntries(
            Map.entry("INVALID_ARGUMENT", ErrorCode.INVALID_ARGUMENT),
            Map.entry("FAILED_PRECONDITION", ErrorCode.INVALID_ARGUMENT),
            Map.entry("OUT_OF_RANGE", ErrorCode.INVALID_ARGUMENT),
            Map.entry("UNAUTHENTICATED", ErrorCode.UNAUTHENTICATED),
            Map.entry("PERMISSION_DENIED", ErrorCode.PERMISSION_DENIED),
            Map.entry("NOT_FOUND", ErrorCode.NOT_FOUND),
            Map.entry("ALREADY_EXISTS", ErrorCode.ALREADY_EXISTS),
            Map.entry("ABORTED", ErrorCode.CONFLICT),
            Map.entry("RESOURCE_EXHAUSTED", ErrorCode.THROTTLED),
            Map.entry("CANCELLED", ErrorCode.CANCELLED),
            Map.entry("UNIMPLEMENTED", ErrorCode.UNSUPPORTED),
            Map.entry("DATA_LOSS", ErrorCode.PROVIDER_ERROR),
            Map.entry("INTERNAL", ErrorCode.PROVIDER_ERROR),
            Map.entry("UNAVAILABLE", ErrorCode.UNAVAILABLE),
            Map.entry("DEADLINE_EXCEEDED", ErrorCode.TIMEOUT));

    private GcpErrors() {}

    /**
     * What an exception means.
     *
     * @param error an exception of the vendor's client, or one that is mapped already
     * @param request {@code service:Operation}, for example {@code run:CreateJob}
     * @param resource what the request was about
     * @return the mapped error
     */
    public static PortolanException map(RuntimeException error, String request, String resource) {
        if (error instanceof PortolanException known) {
            return known;
        }
        HttpResponseException answer = cause(error, HttpResponseException.class);
        if (answer != null) {
            String retryAfter =
                    answer.getHeaders() == null ? null : answer.getHeaders().getRetryAfter();
            return finished(
                    answered(GcpAnswer.of(answer.getStatusCode(), answer.getContent(), retryAfter), request, resource),
                    error,
                    request,
                    resource);
        }
        PortolanException.Builder mapped = error instanceof ApiException api && isAnswer(api)
                ? answered(answer(api), request, resource)
                : unanswered(error, request);
        return finished(mapped, error, request, resource);
    }

    /**
     * What a refusal means that did not come through the vendor's client.
     *
     * @param http the HTTP code, 300 or more
     * @param body the body; null if there was none
     * @param retryAfter the header {@code Retry-After}; null if there was none
     * @param request {@code service:Operation}
     * @param resource what the request was about
     * @return the mapped error
     */
    public static PortolanException refused(
            int http, @Nullable String body, @Nullable String retryAfter, String request, String resource) {
        return finished(answered(GcpAnswer.of(http, body, retryAfter), request, resource), null, request, resource);
    }

    /**
     * What it means that a request of ours, not of the vendor's client, got no answer.
     *
     * @param error why
     * @param request {@code service:Operation}
     * @param resource what the request was about
     * @return the mapped error
     */
    public static PortolanException broken(IOException error, String request, String resource) {
        return finished(unanswered(error, request), error, request, resource);
    }

    private static PortolanException finished(
            PortolanException.Builder mapped, @Nullable Exception cause, String request, String resource) {
        return mapped.provider(ProviderId.GCP.value())
                .operation(request)
                .resource(resource)
                .attempts(1)
                .cause(cause)
                .build();
    }

    private static PortolanException.Builder answered(GcpAnswer answer, String request, String resource) {
        ErrorCode code = code(answer, request);
        StringBuilder text = new StringBuilder("Google Cloud refused ")
                .append(request)
                .append(" of '")
                .append(resource)
                .append("': ")
                .append(answer.message());
        advice(answer, code, text);
        return PortolanException.builder(code, text.toString())
                .nativeCode(nativeCode(answer))
                .retryAfter(answer.retryAfter());
    }

    private static ErrorCode code(GcpAnswer answer, String request) {
        if (isQuota(answer)) {
            return isOfRequests(answer) ? ErrorCode.THROTTLED : ErrorCode.QUOTA_EXCEEDED;
        }
        // Some parts of Google Cloud call an existing name an aborted change, and the other way round: only a create
        // can meet one.
        if (answer.http() == 409 && answer.status().isEmpty()) {
            return request.contains(":Create") ? ErrorCode.ALREADY_EXISTS : ErrorCode.CONFLICT;
        }
        ErrorCode known = CODES.get(answer.status());
        return known == null ? byHttp(answer.http()) : known;
    }

    private static ErrorCode byHttp(int http) {
        return switch (http) {
            case 400, 405, 413, 416, 428 -> ErrorCode.INVALID_ARGUMENT;
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.PERMISSION_DENIED;
            case 404, 410 -> ErrorCode.NOT_FOUND;
            case 408, 504 -> ErrorCode.TIMEOUT;
            case 409, 412 -> ErrorCode.CONFLICT;
            case 429 -> ErrorCode.THROTTLED;
            case 501 -> ErrorCode.UNSUPPORTED;
            case 503 -> ErrorCode.UNAVAILABLE;
            default -> http >= 500 ? ErrorCode.PROVIDER_ERROR : ErrorCode.UNKNOWN;
        };
    }

    private static boolean isQuota(GcpAnswer answer) {
        return answer.http() == 429
                || answer.status().equals("RESOURCE_EXHAUSTED")
                || answer.reason().equalsIgnoreCase("rateLimitExceeded")
                || answer.reason().equals("RATE_LIMIT_EXCEEDED")
                || answer.message().contains("Quota violated")
                || answer.message().contains("Quota exceeded");
    }

    /** Whether waiting helps: a limit of requests in a time does pass, one of processors or of jobs does not. */
    private static boolean isOfRequests(GcpAnswer answer) {
        if (answer.reason().equals("RATE_LIMIT_EXCEEDED") || answer.reason().equalsIgnoreCase("rateLimitExceeded")) {
            return true;
        }
        if (answer.reason().equals("QUOTA_EXCEEDED")) {
            return false;
        }
        String text = answer.message() + " " + answer.quota();
        boolean isOfTime =
                text.matches("(?s).*(?:[pP]er ?[mM]inute|[pP]er ?[sS]econd|[pP]er 100 seconds|PerDay|per day).*");
        boolean isOfThings = text.contains("Quota violated")
                || text.contains("total allowable")
                || text.contains("Quota exceeded")
                || text.contains("Alloc");
        return isOfTime || !isOfThings;
    }

    private static String nativeCode(GcpAnswer answer) {
        if (!answer.reason().isEmpty()) {
            return answer.reason();
        }
        return answer.status().isEmpty() ? Integer.toString(answer.http()) : answer.status();
    }

    private static void advice(GcpAnswer answer, ErrorCode code, StringBuilder text) {
        String permission = answer.permission();
        if (code == ErrorCode.PERMISSION_DENIED && permission != null) {
            text.append("; the caller lacks the permission ").append(permission).append(role(permission));
        } else if (answer.reason().equals("SERVICE_DISABLED")) {
            text.append("; enable the API in the project");
        }
        String quota = answer.quota();
        if (quota != null && (code == ErrorCode.THROTTLED || code == ErrorCode.QUOTA_EXCEEDED)) {
            text.append("; the quota is ").append(quota);
        }
        if (code == ErrorCode.QUOTA_EXCEEDED) {
            text.append("; ask for a higher one, or need less");
        }
    }

    /** A predefined role that is meant for it, as a hint; roles change, and narrower ones may do. */
    private static String role(String permission) {
        if (permission.equals("iam.serviceaccounts.actAs") || permission.equals("iam.serviceAccounts.actAs")) {
            return "; roles/iam.serviceAccountUser on that service account is meant for it";
        }
        if (permission.endsWith("etIamPolicy") && permission.startsWith("run.")) {
            return "; roles/run.admin is meant for it";
        }
        if (permission.startsWith("run.")) {
            return "; roles/run.developer is meant for it";
        }
        if (permission.startsWith("artifactregistry.repositories.create")) {
            return "; roles/artifactregistry.admin is meant for it";
        }
        if (permission.startsWith("artifactregistry.")) {
            return "; roles/artifactregistry.writer is meant for images";
        }
        return permission.startsWith("logging.") ? "; roles/logging.viewer is meant for it" : "";
    }

    /** Whether a service spoke. What the REST transport calls unknown is a broken connection or a fault of the client. */
    private static boolean isAnswer(ApiException error) {
        return error.getStatusCode().getTransportCode() != null
                && error.getStatusCode().getCode() != StatusCode.Code.UNKNOWN
                && !isNetworkFault(error)
                && cause(error, java.util.concurrent.TimeoutException.class) == null
                && !isOfClient(error);
    }

    private static boolean isNetworkFault(Throwable error) {
        return cause(error, IOException.class) != null;
    }

    /** The vendor's client made the code up: it stopped waiting, or it was closed. */
    private static boolean isOfClient(ApiException error) {
        return error.getStatusCode().getCode() == StatusCode.Code.CANCELLED
                || cause(error, RejectedExecutionException.class) != null
                || cause(error, CancellationException.class) != null
                || (error.getStatusCode().getTransportCode() instanceof Integer
                        && error.getStatusCode().getCode() == StatusCode.Code.DEADLINE_EXCEEDED);
    }

    private static GcpAnswer answer(ApiException error) {
        Map<String, String> metadata = error.getMetadata();
        return GcpAnswer.ofStatus(
                error.getStatusCode().getCode().name(),
                text(error),
                error.getReason(),
                metadata == null ? null : metadata.get("quota_limit"));
    }

    private static PortolanException.Builder unanswered(Exception error, String request) {
        if (Thread.currentThread().isInterrupted() || isInterrupt(error)) {
            Thread.currentThread().interrupt();
            return PortolanException.builder(ErrorCode.CANCELLED, "the thread was interrupted during " + request);
        }
        if (cause(error, RejectedExecutionException.class) != null
                || cause(error, CancellationException.class) != null
                || code(error) == StatusCode.Code.CANCELLED) {
            return PortolanException.builder(
                    ErrorCode.CANCELLED,
                    "the connection to Google Cloud was closed before " + request + " was answered");
        }
        if (cause(error, SocketTimeoutException.class) != null
                || cause(error, HttpTimeoutException.class) != null
                || cause(error, java.util.concurrent.TimeoutException.class) != null
                || code(error) == StatusCode.Code.DEADLINE_EXCEEDED) {
            return PortolanException.builder(
                    ErrorCode.TIMEOUT,
                    "Google Cloud did not answer " + request
                            + " in time; raise portolan.gcp.call-timeout if the way to it is slow");
        }
        return failed(error, request);
    }

    private static PortolanException.Builder failed(Exception error, String request) {
        String said = text(root(error));
        if (isAboutCredentials(error)) {
            return PortolanException.builder(
                    ErrorCode.UNAUTHENTICATED,
                    "no credentials for " + request + ": " + said
                            + "; run 'gcloud auth application-default login', or set GOOGLE_APPLICATION_CREDENTIALS");
        }
        if (cause(error, ConnectException.class) != null
                || cause(error, UnknownHostException.class) != null
                || cause(error, NoRouteToHostException.class) != null) {
            return PortolanException.builder(
                    ErrorCode.UNAVAILABLE,
                    "Google Cloud cannot be reached for " + request + " (" + said
                            + "); look at the network and portolan.gcp.endpoint");
        }
        if (isNetworkFault(error)) {
            return PortolanException.builder(
                            ErrorCode.UNAVAILABLE,
                            "the connection to Google Cloud broke during " + request + " (" + said + ")")
                    .retryability(Retryability.UNKNOWN_OUTCOME);
        }
        return PortolanException.builder(
                ErrorCode.UNKNOWN,
                (error instanceof ApiException
                                ? "the client of Google Cloud failed during "
                                : "an unexpected error during ")
                        + request + ": " + said);
    }

    private static boolean isInterrupt(Throwable error) {
        return cause(error, InterruptedException.class) != null
                || (cause(error, InterruptedIOException.class) != null
                        && cause(error, SocketTimeoutException.class) == null);
    }

    private static boolean isAboutCredentials(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            String said = String.valueOf(t.getMessage());
            if (said.contains("default credentials")
                    || said.contains("access token")
                    || said.contains("invalid_grant")) {
                return true;
            }
        }
        return false;
    }

    private static StatusCode.@Nullable Code code(Throwable error) {
        return error instanceof ApiException api ? api.getStatusCode().getCode() : null;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable error, Class<T> type) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
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

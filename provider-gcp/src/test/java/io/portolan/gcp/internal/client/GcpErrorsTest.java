package io.portolan.gcp.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.httpjson.HttpJsonStatusCode;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.api.gax.rpc.StatusCode;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GcpErrorsTest {
    private static final String JOB = "projects/p/locations/europe-west1/jobs/etl";

    /** As the REST transport makes it: the code by HTTP alone, the answer in the cause. */
    private static ApiException answer(int http, String body) {
        HttpResponseException cause = new HttpResponseException.Builder(http, "text", new HttpHeaders())
                .setContent(body)
                .build();
        return ApiExceptionFactory.createException(cause, HttpJsonStatusCode.of(http), false);
    }

    private static String error(int http, String status, String message) {
        return "{\"error\":{\"code\":" + http + ",\"message\":\"" + message + "\",\"status\":\"" + status + "\"}}";
    }

    private static String error(int http, String status, String message, String details) {
        return "{\"error\":{\"code\":" + http + ",\"message\":\"" + message + "\",\"status\":\"" + status
                + "\",\"details\":[" + details + "]}}";
    }

    private static String info(String reason, String metadata) {
        return "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"" + reason
                + "\",\"domain\":\"googleapis.com\",\"metadata\":{" + metadata + "}}";
    }

    private static PortolanException mapped(RuntimeException error) {
        return GcpErrors.map(error, "run:CreateJob", JOB);
    }

    private static PortolanException mapped(int http, String body) {
        return mapped(answer(http, body));
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments(400, "INVALID_ARGUMENT", ErrorCode.INVALID_ARGUMENT, Retryability.NO),
                arguments(400, "FAILED_PRECONDITION", ErrorCode.INVALID_ARGUMENT, Retryability.NO),
                arguments(400, "OUT_OF_RANGE", ErrorCode.INVALID_ARGUMENT, Retryability.NO),
                arguments(400, "", ErrorCode.INVALID_ARGUMENT, Retryability.NO),
                arguments(401, "UNAUTHENTICATED", ErrorCode.UNAUTHENTICATED, Retryability.NO),
                arguments(403, "PERMISSION_DENIED", ErrorCode.PERMISSION_DENIED, Retryability.NO),
                arguments(404, "NOT_FOUND", ErrorCode.NOT_FOUND, Retryability.NO),
                arguments(404, "", ErrorCode.NOT_FOUND, Retryability.NO),
                arguments(405, "", ErrorCode.INVALID_ARGUMENT, Retryability.NO),
                arguments(408, "", ErrorCode.TIMEOUT, Retryability.UNKNOWN_OUTCOME),
                // The vendor's client calls both "aborted".
                arguments(409, "ALREADY_EXISTS", ErrorCode.ALREADY_EXISTS, Retryability.NO),
                arguments(409, "ABORTED", ErrorCode.CONFLICT, Retryability.NO),
                arguments(412, "", ErrorCode.CONFLICT, Retryability.NO),
                arguments(429, "RESOURCE_EXHAUSTED", ErrorCode.THROTTLED, Retryability.YES),
                arguments(429, "", ErrorCode.THROTTLED, Retryability.YES),
                arguments(499, "CANCELLED", ErrorCode.CANCELLED, Retryability.NO),
                arguments(500, "INTERNAL", ErrorCode.PROVIDER_ERROR, Retryability.UNKNOWN_OUTCOME),
                arguments(501, "UNIMPLEMENTED", ErrorCode.UNSUPPORTED, Retryability.NO),
                arguments(502, "", ErrorCode.PROVIDER_ERROR, Retryability.UNKNOWN_OUTCOME),
                arguments(503, "UNAVAILABLE", ErrorCode.UNAVAILABLE, Retryability.YES),
                arguments(504, "DEADLINE_EXCEEDED", ErrorCode.TIMEOUT, Retryability.UNKNOWN_OUTCOME),
                arguments(504, "", ErrorCode.TIMEOUT, Retryability.UNKNOWN_OUTCOME));
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @MethodSource("answers")
    void answer_byTheStatusOfItsBody_orElseByHttp(int http, String status, ErrorCode code, Retryability retryability) {
        String body = status.isEmpty() ? "" : error(http, status, "said so");

        PortolanException error = mapped(http, body);

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.retryability()).isEqualTo(retryability);
        assertThat(error.nativeCode()).hasValue(status.isEmpty() ? Integer.toString(http) : status);
        assertThat(error.provider()).hasValue("gcp");
        assertThat(error.operation()).hasValue("run:CreateJob");
        assertThat(error.resource()).hasValue(JOB);
        assertThat(error).hasMessageContaining("run:CreateJob").hasMessageContaining(JOB);
    }

    @Test
    void conflict_withoutABody_isAnExistingNameOnlyForACreate() {
        assertThat(mapped(409, "").code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
        assertThat(GcpErrors.map(answer(409, ""), "run:UpdateJob", JOB).code()).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void conflict_ofAnEtag_saysWhatTheServiceSays() {
        PortolanException error = GcpErrors.map(
                answer(409, error(409, "ABORTED", "Conflict for resource 'etl': version 'a' was specified")),
                "run:UpdateJob",
                JOB);

        assertThat(error.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(error).hasMessageContaining("version 'a' was specified");
    }

    @Test
    void permission_inTheMessage_isNamedWithARoleThatHasIt() {
        PortolanException error = mapped(
                403,
                error(
                        403,
                        "PERMISSION_DENIED",
                        "Permission 'run.jobs.create' denied on resource 'projects/p/locations/europe-west1' (or resource may not exist)."));

        assertThat(error.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(error)
                .hasMessageContaining("the caller lacks the permission run.jobs.create")
                .hasMessageContaining("roles/run.developer");
    }

    @Test
    void permission_inTheDetails_isNamed() {
        PortolanException error = mapped(
                403,
                error(
                        403,
                        "PERMISSION_DENIED",
                        "The caller does not have permission",
                        info("IAM_PERMISSION_DENIED", "\"permission\":\"iam.serviceaccounts.actAs\"")));

        assertThat(error)
                .hasMessageContaining("iam.serviceaccounts.actAs")
                .hasMessageContaining("roles/iam.serviceAccountUser");
    }

    @Test
    void api_thatIsNotEnabled_isSaid() {
        PortolanException error = mapped(
                403, error(403, "PERMISSION_DENIED", "Cloud Run Admin API is disabled.", info("SERVICE_DISABLED", "")));

        assertThat(error.nativeCode()).hasValue("SERVICE_DISABLED");
        assertThat(error).hasMessageContaining("enable the API");
    }

    @Test
    void quota_ofRequests_isAThrottleWithItsName() {
        PortolanException error = mapped(
                429,
                error(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per region'",
                        info("RATE_LIMIT_EXCEEDED", "\"quota_limit\":\"WritePerMinutePerProjectRegion\"")
                                + ",{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"12.5s\"}"));

        assertThat(error.code()).isEqualTo(ErrorCode.THROTTLED);
        assertThat(error.retryability()).isEqualTo(Retryability.YES);
        assertThat(error.retryAfter()).hasValue(Duration.ofMillis(12500));
        assertThat(error.nativeCode()).hasValue("RATE_LIMIT_EXCEEDED");
        assertThat(error).hasMessageContaining("the quota is WritePerMinutePerProjectRegion");
    }

    @Test
    void quota_ofRequests_isSeenByItsTextAlone() {
        PortolanException error = mapped(
                429,
                error(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per region'"));

        assertThat(error.code()).isEqualTo(ErrorCode.THROTTLED);
        assertThat(error).hasMessageContaining("the quota is Read requests per minute per region");
    }

    static Stream<Arguments> quotas() {
        return Stream.of(
                arguments(
                        400,
                        "Quota violated: NvidiaL4GpuAllocNoZonalRedundancyPerProjectRegion requested: 3 allowed: 1",
                        "NvidiaL4GpuAllocNoZonalRedundancyPerProjectRegion"),
                arguments(
                        403,
                        "Quota violated: MemAllocPerProjectRegion requested: 17179869184 allowed: 1",
                        "MemAllocPerProjectRegion"),
                arguments(
                        429,
                        "Quota exceeded for total allowable CPU per project per region (CpuAllocPerProjectRegion).",
                        "CpuAllocPerProjectRegion"));
    }

    @ParameterizedTest
    @MethodSource("quotas")
    void quota_ofThings_isNamedAndNotTriedAgain(int http, String message, String quota) {
        PortolanException error = mapped(http, error(http, "FAILED_PRECONDITION", message));

        assertThat(error.code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        assertThat(error.retryability()).isEqualTo(Retryability.NO);
        assertThat(error).hasMessageContaining("the quota is " + quota).hasMessageContaining("higher");
    }

    @Test
    void retryAfter_inTheHeader_isKept() {
        HttpResponseException cause = new HttpResponseException.Builder(
                        503, "unavailable", new HttpHeaders().setRetryAfter("7"))
                .setContent("")
                .build();

        PortolanException error = mapped(ApiExceptionFactory.createException(cause, HttpJsonStatusCode.of(503), false));

        assertThat(error.retryAfter()).hasValue(Duration.ofSeconds(7));
    }

    @Test
    void field_thatIsWrong_isNamed() {
        PortolanException error = mapped(
                400,
                error(
                        400,
                        "INVALID_ARGUMENT",
                        "Request contains an invalid argument.",
                        "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":"
                                + "\"template.template.containers[0].env\",\"description\":\"The following reserved env names were provided: PORT\"}]}"));

        assertThat(error).hasMessageContaining("template.template.containers[0].env: The following reserved env names");
    }

    @Test
    void page_ofAProxy_isReadAsText() {
        PortolanException error = mapped(
                502, "<!DOCTYPE html><html><style>p {x}</style><body><p>502. That's an error.</p></body></html>");

        assertThat(error.code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
        assertThat(error.getMessage()).contains("502. That's an error.").doesNotContain("<");
    }

    static Stream<Arguments> networkFaults() {
        return Stream.of(
                arguments(new ConnectException("Connection refused"), ErrorCode.UNAVAILABLE, Retryability.YES),
                arguments(new UnknownHostException("run.googleapis.com"), ErrorCode.UNAVAILABLE, Retryability.YES),
                arguments(new NoRouteToHostException("no route"), ErrorCode.UNAVAILABLE, Retryability.YES),
                arguments(
                        new SocketTimeoutException("Read timed out"), ErrorCode.TIMEOUT, Retryability.UNKNOWN_OUTCOME),
                arguments(new SocketException("Connection reset"), ErrorCode.UNAVAILABLE, Retryability.UNKNOWN_OUTCOME),
                arguments(
                        new IOException("Unexpected end of file"),
                        ErrorCode.UNAVAILABLE,
                        Retryability.UNKNOWN_OUTCOME));
    }

    /** Over REST the vendor's client calls all of them "unknown" and not retryable. */
    @ParameterizedTest
    @MethodSource("networkFaults")
    void networkFault_byItsCause(IOException cause, ErrorCode code, Retryability retryability) {
        ApiException unknown =
                ApiExceptionFactory.createException(cause, HttpJsonStatusCode.of(StatusCode.Code.UNKNOWN), false);

        assertThat(mapped(unknown).code()).isEqualTo(code);
        assertThat(mapped(unknown).retryability()).isEqualTo(retryability);
        assertThat(GcpErrors.broken(cause, "logging:ListLogEntries", "p").code())
                .isEqualTo(code);
    }

    @Test
    void deadline_ofTheClient_isATimeout() {
        ApiException late = ApiExceptionFactory.createException(
                new IllegalStateException("Deadline exceeded"), HttpJsonStatusCode.of(504), true);

        PortolanException error = mapped(late);

        assertThat(error.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(error).hasMessageContaining("portolan.gcp.call-timeout");
    }

    @Test
    void closedClient_isCancelled() {
        ApiException rejected = ApiExceptionFactory.createException(
                new RejectedExecutionException("shut down"), HttpJsonStatusCode.of(StatusCode.Code.UNKNOWN), false);

        assertThat(mapped(rejected).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(mapped(new RejectedExecutionException("shut down")).code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void interrupt_isCancelled_andStaysSet() {
        PortolanException error = mapped(ApiExceptionFactory.createException(
                new InterruptedIOException("interrupted"), HttpJsonStatusCode.of(StatusCode.Code.UNKNOWN), false));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void credentials_thatAreNowhere_sayHowToGetThem() {
        PortolanException error = GcpErrors.broken(
                new IOException(
                        "Your default credentials were not found. To set up Application Default Credentials, see ..."),
                "client",
                "gcp");

        assertThat(error.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(error).hasMessageContaining("gcloud auth application-default login");
    }

    @Test
    void codesOverGrpc_areTrue_andNameTheQuota() {
        ApiException exists = ApiExceptionFactory.createException(
                new IllegalStateException("Resource 'etl' already exists."),
                grpc(StatusCode.Code.ALREADY_EXISTS),
                false);
        ApiException unavailable = ApiExceptionFactory.createException(
                new IllegalStateException("down"), grpc(StatusCode.Code.UNAVAILABLE), true);

        assertThat(mapped(exists).code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
        assertThat(mapped(unavailable).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    private static StatusCode grpc(StatusCode.Code code) {
        return new StatusCode() {
            @Override
            public Code getCode() {
                return code;
            }

            @Override
            public Object getTransportCode() {
                return code.name();
            }
        };
    }

    @Test
    void mappedError_isLeftAsItIs() {
        PortolanException known = new PortolanException(ErrorCode.CONFLICT, "known");

        assertThat(mapped(known)).isSameAs(known);
    }

    @Test
    void anyOtherException_isUnknown_withItsText() {
        PortolanException error = mapped(new IllegalStateException("odd"));

        assertThat(error.code()).isEqualTo(ErrorCode.UNKNOWN);
        assertThat(error).hasMessageContaining("odd").hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusal_withoutTheVendorsClient_isMappedTheSame() {
        PortolanException error = GcpErrors.refused(
                403,
                error(403, "PERMISSION_DENIED", "Permission 'logging.logEntries.list' denied"),
                null,
                "logging:ListLogEntries",
                "p");

        assertThat(error.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(error).hasMessageContaining("roles/logging.viewer");
    }
}

package io.portolan.emulator.gcp;

import java.time.Duration;
import java.util.Map;

/**
 * What goes wrong with one call.
 *
 * @param kind in which way
 * @param status of HTTP
 * @param code of the error, such as {@code UNAVAILABLE}
 * @param message of the error
 * @param reason of the {@code ErrorInfo} in the details, empty for no details
 * @param metadata of the {@code ErrorInfo}
 * @param delay before the answer
 */
public record GcpFault(
        Kind kind,
        int status,
        String code,
        String message,
        String reason,
        Map<String, String> metadata,
        Duration delay) {

    /** In which way. */
    public enum Kind {
        /** An error is answered and nothing happens. */
        ERROR,
        /** The call takes effect, and an error is answered. */
        ERROR_AFTER_EFFECT,
        /** The connection is reset and nothing happens. */
        RESET,
        /** The call takes effect, and the connection is reset. */
        LOST_RESPONSE,
        /** The call takes effect, and the answer comes late. */
        DELAY
    }

    private static final String UNAVAILABLE = "The service is currently unavailable.";

    /** Takes a copy of the metadata. */
    public GcpFault {
        metadata = Map.copyOf(metadata);
    }

    /**
     * An error that is answered while nothing happens.
     *
     * @param status of HTTP
     * @param code such as {@code FAILED_PRECONDITION}
     * @param message the API's words
     * @return the fault
     */
    public static GcpFault error(int status, String code, String message) {
        return new GcpFault(Kind.ERROR, status, code, message, "", Map.of(), Duration.ZERO);
    }

    /**
     * 503 while nothing happens.
     *
     * @return the fault
     */
    public static GcpFault unavailable() {
        return error(503, "UNAVAILABLE", UNAVAILABLE);
    }

    /**
     * 503 though the call takes effect.
     *
     * @return the fault
     */
    public static GcpFault unavailableAfterEffect() {
        return new GcpFault(Kind.ERROR_AFTER_EFFECT, 503, "UNAVAILABLE", UNAVAILABLE, "", Map.of(), Duration.ZERO);
    }

    /**
     * 500 while nothing happens.
     *
     * @return the fault
     */
    public static GcpFault internal() {
        return error(500, "INTERNAL", "Internal error encountered.");
    }

    /**
     * The connection is reset and nothing happens.
     *
     * @return the fault
     */
    public static GcpFault reset() {
        return new GcpFault(Kind.RESET, 0, "", "", "", Map.of(), Duration.ZERO);
    }

    /**
     * The call takes effect, and the connection is reset instead of an answer.
     *
     * @return the fault
     */
    public static GcpFault lostResponse() {
        return new GcpFault(Kind.LOST_RESPONSE, 0, "", "", "", Map.of(), Duration.ZERO);
    }

    /**
     * The answer comes late.
     *
     * @param delay in real time, whatever the emulator's clock is
     * @return the fault
     */
    public static GcpFault delay(Duration delay) {
        return new GcpFault(Kind.DELAY, 0, "", "", "", Map.of(), delay);
    }

    /**
     * 429, since calls came too fast.
     *
     * @param quota the limit, such as {@code WritePerMinutePerProjectRegion}
     * @return the fault
     */
    public static GcpFault rateLimited(String quota) {
        String metric = quota.startsWith("Read")
                ? "run.googleapis.com/read_requests"
                : quota.startsWith("JobRun")
                        ? "run.googleapis.com/job_run_requests"
                        : "run.googleapis.com/write_requests";
        return new GcpFault(
                Kind.ERROR,
                429,
                "RESOURCE_EXHAUSTED",
                "Quota exceeded for quota metric '" + metric + "' and limit '" + quota
                        + "' of service 'run.googleapis.com' for consumer 'project_number:" + GcpEmulator.PROJECT_NUMBER
                        + "'.",
                "RATE_LIMIT_EXCEEDED",
                Map.of(
                        "consumer",
                        "projects/" + GcpEmulator.PROJECT_NUMBER,
                        "quota_limit",
                        quota,
                        "quota_metric",
                        metric,
                        "quota_location",
                        GcpEmulator.REGION,
                        "service",
                        "run.googleapis.com"),
                Duration.ZERO);
    }

    /**
     * 429, since a quota of resources is used up.
     *
     * @param quota such as {@code CpuAllocPerProjectRegion}
     * @param requested how much
     * @param allowed how much
     * @return the fault
     */
    public static GcpFault quotaViolated(String quota, long requested, long allowed) {
        return error(
                429,
                "RESOURCE_EXHAUSTED",
                "Quota violated: " + quota + " requested: " + requested + " allowed: " + allowed);
    }

    /**
     * 403, since a permission is missing.
     *
     * @param permission such as {@code run.jobs.create}
     * @param resource on which
     * @return the fault
     */
    public static GcpFault permissionDenied(String permission, String resource) {
        return new GcpFault(
                Kind.ERROR,
                403,
                "PERMISSION_DENIED",
                "Permission '" + permission + "' denied on resource '" + resource + "' (or resource may not exist).",
                "IAM_PERMISSION_DENIED",
                Map.of("permission", permission, "resource", resource),
                Duration.ZERO);
    }
}

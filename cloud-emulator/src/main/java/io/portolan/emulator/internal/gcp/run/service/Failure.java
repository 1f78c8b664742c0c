package io.portolan.emulator.internal.gcp.run.service;

import io.portolan.emulator.gcp.RevisionFailure;
import java.util.Locale;

/**
 * Why a revision cannot serve.
 *
 * @param member of the condition that holds the reason, of which there are several lists
 * @param reason in the words of the API
 * @param code with which the operation ends, such as {@code NOT_FOUND}
 * @param message for people
 */
record Failure(String member, String reason, String code, String message) {
    private static final String COMMON = "reason";
    private static final String OF_REVISION = "revisionReason";
    private static final String INVALID_ARGUMENT = "INVALID_ARGUMENT";
    private static final String NOT_FOUND = "NOT_FOUND";
    private static final String FAILED_PRECONDITION = "FAILED_PRECONDITION";

    /** A container did not pass its startup probe, or ended before. */
    static Failure startup(int port) {
        return new Failure(
                OF_REVISION,
                "HEALTH_CHECK_CONTAINER_ERROR",
                FAILED_PRECONDITION,
                "The user-provided container failed to start and listen on the port defined provided by the PORT="
                        + port
                        + " environment variable within the allocated timeout. This can happen when the container port is"
                        + " misconfigured or if the timeout is too short. The health check timeout can be extended. Logs"
                        + " for this revision might contain more information.");
    }

    /** A container with a startup probe of its own did not pass it. */
    static Failure probe(String container) {
        return new Failure(
                OF_REVISION,
                "HEALTH_CHECK_CONTAINER_ERROR",
                FAILED_PRECONDITION,
                "The user-provided container failed the configured startup probe checks. Logs for this revision might"
                        + " contain more information. Container: " + container);
    }

    /** The runtime could not start a container. */
    static Failure start(String image, boolean missing, String words, int port) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("no matching manifest") || lower.contains("does not match the specified platform")) {
            return new Failure(
                    COMMON,
                    "CONTAINER_MISSING",
                    INVALID_ARGUMENT,
                    "Cloud Run does not support image '" + image + "': Container manifest type"
                            + " 'application/vnd.oci.image.index.v1+json' must support amd64/linux.");
        }
        if (missing) {
            return new Failure(COMMON, "CONTAINER_MISSING", NOT_FOUND, "Image '" + image + "' not found.");
        }
        return startup(port);
    }

    /** A failure that a test asked for. */
    static Failure scripted(RevisionFailure failure) {
        boolean common = failure.revisionReason().isEmpty();
        return new Failure(
                common ? COMMON : OF_REVISION,
                common ? failure.reason() : failure.revisionReason(),
                failure.reason().equals("CONTAINER_MISSING") ? NOT_FOUND : FAILED_PRECONDITION,
                failure.message());
    }

    /** A secret is not there, or may not be read. */
    static Failure secret(String name) {
        return new Failure(
                COMMON,
                "SECRETS_ACCESS_CHECK_FAILED",
                FAILED_PRECONDITION,
                "Secret " + name + " was not found or the revision's service account may not access it.");
    }

    /** A newer revision came before this one was ready. */
    static Failure superseded() {
        return new Failure(OF_REVISION, "RETIRED", "ABORTED", "The revision was replaced before it was ready.");
    }

    /** The same as the service tells it. */
    Failure of(Revision revision) {
        return new Failure(
                member,
                reason,
                code,
                "Revision '" + revision.name + "' is not ready and cannot serve traffic. " + message);
    }
}

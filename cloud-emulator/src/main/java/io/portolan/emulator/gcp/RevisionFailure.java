package io.portolan.emulator.gcp;

/**
 * Why a revision of a service does not become ready.
 *
 * @param revisionReason the {@code revisionReason} of its condition, empty for none
 * @param reason the {@code reason} of its condition, empty for none
 * @param message the API's words
 */
public record RevisionFailure(String revisionReason, String reason, String message) {
    /**
     * The container did not listen in time.
     *
     * @param message the API's words
     * @return the failure
     */
    public static RevisionFailure healthCheck(String message) {
        return new RevisionFailure("HEALTH_CHECK_CONTAINER_ERROR", "", message);
    }

    /**
     * There is no such image.
     *
     * @param image its reference
     * @return the failure
     */
    public static RevisionFailure imageMissing(String image) {
        return new RevisionFailure("", "CONTAINER_MISSING", "Image '" + image + "' not found.");
    }
}

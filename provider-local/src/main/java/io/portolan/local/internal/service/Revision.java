package io.portolan.local.internal.service;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for by one deployment. Never changed.
 *
 * @param number from 1, rising
 * @param specHash hash of the spec
 * @param imageId the engine's id of the image, so that a rollback runs the same bytes
 * @param document the spec as a document
 * @param createdAt when
 * @param lease who starts it
 */
record Revision(int number, String specHash, String imageId, String document, Instant createdAt, Lease lease) {
    Revision {
        Objects.requireNonNull(specHash, "specHash");
        Objects.requireNonNull(imageId, "imageId");
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(lease, "lease");
    }

    /**
     * The service as it was asked for.
     *
     * @throws PortolanException FAILED if the document cannot be read, as when a later version of the SDK wrote it
     */
    ServiceSpec spec() {
        try {
            if (SpecYaml.read(document) instanceof ServiceSpec spec) {
                return spec;
            }
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
        throw unreadable(null);
    }

    private PortolanException unreadable(@Nullable RuntimeException cause) {
        return PortolanException.builder(
                        ErrorCode.FAILED,
                        "The record of revision " + number + " cannot be read by this version of the SDK"
                                + (cause == null ? "" : " (" + cause.getMessage() + ")") + "; deploy the service again")
                .provider("local")
                .cause(cause)
                .build();
    }
}

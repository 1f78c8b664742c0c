package io.portolan.aws.internal.service;

import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import java.time.Instant;

/**
 * A revision of a service: a task definition and what its tags say.
 *
 * @param arn the task definition
 * @param number the number of the revision
 * @param specHash hash of its spec
 * @param contentHash hash of its task definition, which the configuration is in, too
 * @param document its spec
 * @param createdAt when it was registered
 * @param outcome what became of its first deployment
 * @param checked whether ECS runs a health check in its container
 */
record Revision(
        String arn,
        int number,
        String specHash,
        String contentHash,
        String document,
        Instant createdAt,
        Outcome outcome,
        boolean checked) {

    /** What became of the first deployment of a revision. */
    enum Outcome {
        /** Not known: it is being deployed, or who deployed it ended before. */
        OPEN,
        /** It served. */
        GOOD,
        /** It never became ready. */
        FAILED
    }

    ServiceSpec spec() {
        if (SpecYaml.read(document) instanceof ServiceSpec spec) {
            return spec;
        }
        throw new IllegalStateException("the document of " + arn + " is no service");
    }

    boolean isGood() {
        return outcome == Outcome.GOOD;
    }

    Revision with(Outcome changed) {
        return new Revision(arn, number, specHash, contentHash, document, createdAt, changed, checked);
    }
}

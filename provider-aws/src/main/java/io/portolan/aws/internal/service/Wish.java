package io.portolan.aws.internal.service;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ProviderId;
import io.portolan.spec.ServiceSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment is to bring.
 *
 * @param spec the service
 * @param settings its settings
 * @param revision its revision
 * @param current the service as it is, null if there is none
 */
record Wish(
        ServiceSpec spec,
        AwsSettings settings,
        Revision revision,
        @Nullable ServiceView current) {

    String name() {
        return spec.name();
    }

    /** What serves until the deployment is done, null if nothing does. */
    @Nullable
    Revision serving() {
        return current == null ? null : current.serving();
    }

    PortolanException conflict() {
        return PortolanException.builder(
                        ErrorCode.CONFLICT,
                        "Revision " + revision.number() + " of service '" + name()
                                + "' does not serve: another deployment overtook it; look at the service, then decide again")
                .provider(ProviderId.AWS.value())
                .resource(name())
                .build();
    }
}

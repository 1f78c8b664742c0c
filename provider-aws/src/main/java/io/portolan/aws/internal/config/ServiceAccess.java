package io.portolan.aws.internal.config;

import io.portolan.aws.option.ServiceExposure;
import io.portolan.spec.Exposure;
import io.portolan.spec.ServiceSpec;
import java.util.Arrays;
import java.util.Optional;

/** How a service is reached. Pure. */
public final class ServiceAccess {
    private ServiceAccess() {}

    /**
     * What the option says; without it Express for a public service, and the namespace, if there is one, for an internal one.
     *
     * @param spec the service
     * @param settings its settings
     * @return empty if the option has a value that is not known
     */
    public static Optional<ServiceExposure> of(ServiceSpec spec, AwsSettings settings) {
        Optional<String> option = settings.option(OptionNames.EXPOSURE).filter(text -> !text.isEmpty());
        if (option.isPresent()) {
            return Arrays.stream(ServiceExposure.values())
                    .filter(value -> value.name().equals(option.get()))
                    .findFirst();
        }
        if (spec.exposure() == Exposure.PUBLIC) {
            return Optional.of(ServiceExposure.EXPRESS);
        }
        return Optional.of(
                settings.text(AwsKeys.NAMESPACE).isPresent() ? ServiceExposure.SERVICE_CONNECT : ServiceExposure.NONE);
    }

    /**
     * Whether a load balancer stands before the replicas.
     *
     * @param exposure how the service is reached
     * @return true for Express and for a target group
     */
    public static boolean isBalanced(ServiceExposure exposure) {
        return exposure == ServiceExposure.EXPRESS || exposure == ServiceExposure.TARGET_GROUP;
    }
}

package io.portolan.aws.internal.service;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.aws.internal.config.ServiceAccess;
import io.portolan.aws.option.ServiceExposure;
import io.portolan.spec.Probe;
import io.portolan.spec.ServiceSpec;
import java.util.Arrays;

/** How a service is reached, and by what path its load balancer asks whether it is well. Pure. */
public final class ExposureMapper {
    private ExposureMapper() {}

    /**
     * How a service is reached.
     *
     * @param spec the service
     * @param settings its settings
     * @return the option; without it Express for a public service, and the namespace, if there is one, for an internal one
     * @throws IllegalArgumentException if the option has a value that is not known
     */
    public static ServiceExposure of(ServiceSpec spec, AwsSettings settings) {
        return ServiceAccess.of(spec, settings)
                .orElseThrow(() -> new IllegalArgumentException("option 'aws.exposure' was '"
                        + settings.option(OptionNames.EXPOSURE).orElse("") + "' but must be one of "
                        + Arrays.toString(ServiceExposure.values())));
    }

    /**
     * The path that the load balancer asks.
     *
     * @param spec the service
     * @return that of readiness, else of liveness, else the root
     */
    public static String healthPath(ServiceSpec spec) {
        if (spec.readiness().check() instanceof Probe.HttpGet get) {
            return get.path();
        }
        return spec.liveness()
                .map(Probe::check)
                .filter(Probe.HttpGet.class::isInstance)
                .map(check -> ((Probe.HttpGet) check).path())
                .orElse("/");
    }
}

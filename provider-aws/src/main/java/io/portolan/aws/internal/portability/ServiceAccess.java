package io.portolan.aws.internal.portability;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.spec.Exposure;
import io.portolan.spec.ServiceSpec;
import java.util.Arrays;

/** How a service is reached. */
enum ServiceAccess {
    EXPRESS,
    TARGET_GROUP,
    SERVICE_CONNECT,
    NONE;

    /** What the option says, else what fits the exposure. An unknown word counts as none; it has a finding of its own. */
    static ServiceAccess of(ServiceSpec spec, AwsSettings settings) {
        String option = settings.option(OptionNames.EXPOSURE).orElse("");
        if (!option.isEmpty()) {
            return Arrays.stream(values())
                    .filter(access -> access.name().equals(option))
                    .findFirst()
                    .orElse(NONE);
        }
        if (spec.exposure() == Exposure.PUBLIC) {
            return EXPRESS;
        }
        return settings.text(AwsKeys.NAMESPACE).isPresent() ? SERVICE_CONNECT : NONE;
    }

    boolean hasLoadBalancer() {
        return this == EXPRESS || this == TARGET_GROUP;
    }
}

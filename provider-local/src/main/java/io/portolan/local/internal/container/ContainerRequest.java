package io.portolan.local.internal.container;

import io.portolan.spec.WorkloadSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container is made from.
 *
 * @param spec the job or service
 * @param name name of the container
 * @param labels ours; the user's are added by the mapper
 * @param environment plain variables, those of the contract included
 * @param secretEnvironment variables whose values are secrets
 * @param network the network to join where the spec does not say otherwise, null for Docker's default
 */
public record ContainerRequest(
        WorkloadSpec spec,
        String name,
        Map<String, String> labels,
        Map<String, String> environment,
        Map<String, String> secretEnvironment,
        @Nullable String network) {
    /** Copies the maps. */
    public ContainerRequest {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        secretEnvironment = Collections.unmodifiableMap(new LinkedHashMap<>(secretEnvironment));
    }

    /** Names but not values of variables. */
    @Override
    public String toString() {
        return "ContainerRequest[" + name + ", env=" + environment.keySet() + ", secretEnv="
                + secretEnvironment.keySet() + "]";
    }
}

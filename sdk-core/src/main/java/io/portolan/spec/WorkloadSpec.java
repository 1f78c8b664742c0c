package io.portolan.spec;

import java.util.List;
import java.util.Map;

/** A job or a service: what plan and portability work on. */
public sealed interface WorkloadSpec permits JobSpec, ServiceSpec {
    /**
     * The name.
     *
     * @return {@code [a-z]([a-z0-9-]{0,47}[a-z0-9])?}
     */
    String name();

    /**
     * What runs.
     *
     * @return the container
     */
    ContainerSpec container();

    /**
     * The user's labels.
     *
     * @return in the order of their addition, unmodifiable
     */
    Map<String, String> labels();

    /**
     * Settings of single providers, at most one per provider.
     *
     * @return unmodifiable
     */
    List<ProviderOptions> options();
}

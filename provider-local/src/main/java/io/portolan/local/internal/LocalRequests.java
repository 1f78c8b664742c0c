package io.portolan.local.internal;

import io.portolan.local.internal.job.JobRequests;
import io.portolan.local.internal.service.LocalServiceDriver;
import io.portolan.plan.NativeRequest;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;
import java.util.List;

/** The requests to the engine that a run or a deployment makes. */
public final class LocalRequests {
    private LocalRequests() {}

    /**
     * The requests for a spec.
     *
     * @param spec a job or a service
     * @param config the settings
     * @return in their order
     */
    public static List<NativeRequest> of(WorkloadSpec spec, ProviderConfig config) {
        return spec instanceof JobSpec job
                ? JobRequests.of(job, config)
                : LocalServiceDriver.requests((ServiceSpec) spec, config);
    }
}

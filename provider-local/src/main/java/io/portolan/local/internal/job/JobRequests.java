package io.portolan.local.internal.job;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.container.ContainerMapper;
import io.portolan.local.internal.container.ContainerRendering;
import io.portolan.local.internal.container.ContainerRequest;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.container.Names;
import io.portolan.plan.NativeRequest;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.ProviderConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests of a job, as far as they are known before it runs: those of its first task, under a placeholder for the execution id. */
public final class JobRequests {
    private static final ExecutionId PLACEHOLDER = ExecutionId.of("execution-id");

    private JobRequests() {}

    /**
     * The requests of a job.
     *
     * @param spec the job
     * @param config the settings
     * @return record, container, start
     */
    public static List<NativeRequest> of(JobSpec spec, ProviderConfig config) {
        String application = config.application();
        AttemptKey key = new AttemptKey(PLACEHOLDER, "spec-hash", 0, 0);
        Map<String, String> secrets = new LinkedHashMap<>();
        spec.container().secretEnv().keySet().forEach(name -> secrets.put(name, "***"));
        ContainerRequest request = new ContainerRequest(
                spec,
                Names.attempt(application, key),
                Labels.attempt(application, spec.name(), key),
                new AttemptLaunch(key, spec).environment(),
                secrets,
                null);
        Map<String, String> record = Labels.of(application, Kind.RECORD);
        record.put(Labels.EXECUTION, PLACEHOLDER.value());
        return List.of(
                ContainerRendering.volume(Names.record(application, PLACEHOLDER), record),
                ContainerRendering.create(new ContainerMapper(config).map(request)),
                new NativeRequest("POST /containers/{name}/start", request.name(), ""));
    }
}

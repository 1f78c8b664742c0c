package io.portolan.gcp.internal.portability;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.run.v2.Job;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.JobMapper;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.gcp.internal.definition.Names;
import io.portolan.gcp.internal.definition.ServiceMapper;
import io.portolan.gcp.internal.json.NativeJson;
import io.portolan.plan.NativeRequest;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The requests that a run or a deployment makes, offline. Values of secrets are not in them: Cloud Run gets references. What is known only
 * later is named by a word in capitals. Pure.
 */
public final class GcpRequests {
    private GcpRequests() {}

    /**
     * The requests for a spec.
     *
     * @param spec a job or a service
     * @param config the section {@code portolan.gcp}
     * @return in their order, each with the resource as it goes over the wire
     */
    public static List<NativeRequest> of(WorkloadSpec spec, ProviderConfig config) {
        GcpSettings settings = GcpSettings.of(config, spec);
        return spec instanceof JobSpec job ? ofJob(job, settings) : ofService((ServiceSpec) spec, settings);
    }

    private static List<NativeRequest> ofJob(JobSpec spec, GcpSettings settings) {
        Map<String, String> record = Map.of(Labels.EXECUTION, "EXECUTION", Labels.SPEC_HASH, SpecYaml.hash(spec));
        Job job = JobMapper.starting(JobMapper.map(spec, settings), "token", record);
        return List.of(new NativeRequest(
                "run:CreateJob", Names.job(settings, spec.name()), NativeJson.pretty(NativeJson.render(job))));
    }

    private static List<NativeRequest> ofService(ServiceSpec spec, GcpSettings settings) {
        String name = Names.service(settings, spec.name());
        List<NativeRequest> requests = new ArrayList<>();
        requests.add(new NativeRequest(
                "run:CreateService", name, NativeJson.pretty(NativeJson.render(ServiceMapper.map(spec, settings)))));
        if (ServiceMapper.needsBinding(spec, settings)) {
            requests.add(new NativeRequest("run:SetIamPolicy", name, NativeJson.pretty(openToAll())));
        }
        return List.copyOf(requests);
    }

    private static ObjectNode openToAll() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ObjectNode binding = request.putObject("policy").putArray("bindings").addObject();
        binding.put("role", "roles/run.invoker");
        binding.putArray("members").add("allUsers");
        return request;
    }
}

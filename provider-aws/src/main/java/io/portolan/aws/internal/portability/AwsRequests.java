package io.portolan.aws.internal.portability;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.definition.TaskDefinitionMapper;
import io.portolan.aws.internal.json.NativeJson;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.plan.NativeRequest;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.ProviderConfig;
import java.util.List;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/**
 * The requests that a run or a deployment makes, offline. Values of secrets are not in them: ECS gets references. What only AWS knows is
 * named by a word in capitals. Pure.
 */
public final class AwsRequests {
    /** Stands for the Region if the SDK's own chain decides on it. */
    static final String REGION = "REGION";

    private final LaunchRendering launch;
    private final ServiceRendering service;

    /** Makes the request that starts an attempt. */
    @FunctionalInterface
    public interface LaunchRendering {
        /**
         * The request.
         *
         * @param launch the attempt
         * @param taskDefinition ARN of the definition
         * @param settings the settings of the job
         * @return the native request
         */
        SdkPojo render(AttemptLaunch launch, String taskDefinition, AwsSettings settings);
    }

    /** Makes the request that creates a service. */
    @FunctionalInterface
    public interface ServiceRendering {
        /**
         * The request.
         *
         * @param spec the service
         * @param taskDefinition ARN of the definition
         * @param settings the settings of the service
         * @return the native request
         */
        SdkPojo render(ServiceSpec spec, String taskDefinition, AwsSettings settings);
    }

    /**
     * Requests by the mappers of jobs and services.
     *
     * @param launch makes {@code RunTask}
     * @param service makes {@code CreateService} or {@code CreateExpressGatewayService}
     */
    public AwsRequests(LaunchRendering launch, ServiceRendering service) {
        this.launch = launch;
        this.service = service;
    }

    /**
     * The requests for a spec.
     *
     * @param spec a job or a service
     * @param config the section {@code portolan.aws}
     * @return in their order; of a job with many tasks the first attempt of the first
     */
    public List<NativeRequest> of(WorkloadSpec spec, ProviderConfig config) {
        AwsSettings settings = AwsSettings.of(config, spec);
        String region = region(settings);
        if (spec instanceof JobSpec job) {
            RegisterTaskDefinitionRequest definition = TaskDefinitionMapper.job(job, settings, region);
            AttemptKey first = new AttemptKey(ExecutionId.of("plan"), SpecYaml.hash(spec), 0, 0);
            SdkPojo run = launch.render(new AttemptLaunch(first, job), arn(definition, settings), settings);
            return List.of(request(definition, definition.family()), request(run, spec.name()));
        }
        ServiceSpec deployed = (ServiceSpec) spec;
        RegisterTaskDefinitionRequest definition = TaskDefinitionMapper.service(deployed, settings, region);
        SdkPojo create = service.render(deployed, arn(definition, settings), settings);
        return List.of(request(definition, definition.family()), request(create, spec.name()));
    }

    static String region(AwsSettings settings) {
        return settings.text(AwsKeys.REGION).orElse(REGION);
    }

    private static String arn(RegisterTaskDefinitionRequest definition, AwsSettings settings) {
        return "arn:aws:ecs:" + region(settings) + ":"
                + settings.text(AwsKeys.ACCOUNT).orElse("ACCOUNT") + ":task-definition/" + definition.family()
                + ":REVISION";
    }

    private static NativeRequest request(SdkPojo request, String target) {
        String operation = request.getClass().getSimpleName().replaceFirst("Request$", "");
        return new NativeRequest("ecs:" + operation, target, NativeJson.pretty(NativeJson.render(request)));
    }
}

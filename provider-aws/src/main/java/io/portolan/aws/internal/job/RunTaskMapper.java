package io.portolan.aws.internal.job;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.aws.internal.config.RequestPatch;
import io.portolan.aws.internal.definition.CapacityMapper;
import io.portolan.aws.internal.definition.JobOverrides;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.aws.internal.definition.NetworkMapper;
import io.portolan.aws.internal.definition.TaskDefinitionMapper;
import io.portolan.spi.AttemptLaunch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** The request that starts an attempt. Pure. */
public final class RunTaskMapper {
    private static final Set<String> IDENTITY =
            Set.of(AttemptIdentity.EXECUTION, AttemptIdentity.INDEX, AttemptIdentity.ATTEMPT);

    private RunTaskMapper() {}

    /**
     * The request of a plan: all but what only the record of an execution gives.
     *
     * @param launch the attempt
     * @param taskDefinitionArn its task definition
     * @param settings the settings of the job
     * @return the request
     */
    public static RunTaskRequest of(AttemptLaunch launch, String taskDefinitionArn, AwsSettings settings) {
        return of(launch, taskDefinitionArn, settings, "");
    }

    /**
     * The request.
     *
     * @param launch the attempt
     * @param taskDefinitionArn its task definition
     * @param settings the settings of the job
     * @param nonce the nonce of the execution's record
     * @return the request; what makes up the attempt's identity is as the SDK needs it, whatever a patch says
     */
    public static RunTaskRequest of(
            AttemptLaunch launch, String taskDefinitionArn, AwsSettings settings, String nonce) {
        RunTaskRequest.Builder request = RunTaskRequest.builder()
                .taskDefinition(taskDefinitionArn)
                .overrides(JobOverrides.of(launch, settings))
                .networkConfiguration(NetworkMapper.of(settings));
        CapacityMapper.apply(launch.spec(), settings, request);
        if (settings.option(OptionNames.EXECUTE_COMMAND)
                .map(Boolean::parseBoolean)
                .orElse(false)) {
            request.enableExecuteCommand(true);
        }
        RunTaskRequest patched = RequestPatch.apply(settings, "RunTask", request.build());
        return patched.toBuilder()
                .cluster(settings.required(AwsKeys.CLUSTER))
                .count(1)
                .clientToken(AttemptIdentity.clientToken(settings.application(), nonce, launch.key()))
                .startedBy(AttemptIdentity.startedBy(
                        settings.application(), nonce, launch.key().execution()))
                .overrides(identified(patched.overrides(), launch))
                .tags(Labels.tags(labels(patched, launch, settings)))
                .build();
    }

    private static Map<String, String> labels(RunTaskRequest patched, AttemptLaunch launch, AwsSettings settings) {
        Map<String, String> labels = new LinkedHashMap<>(Labels.of(patched.tags()));
        labels.putAll(Labels.of(launch.spec(), Labels.JOB, settings.application()));
        labels.put(Labels.EXECUTION, launch.key().execution().value());
        labels.put(Labels.TASK, Integer.toString(launch.key().index()));
        labels.put(Labels.ATTEMPT, Integer.toString(launch.key().attempt()));
        labels.put(Labels.SPEC_HASH, launch.key().specHash());
        return labels;
    }

    /** Puts the variables that tell the attempt back, should a patch have replaced them. */
    private static TaskOverride identified(TaskOverride overrides, AttemptLaunch launch) {
        List<ContainerOverride> containers = new ArrayList<>();
        boolean found = false;
        for (ContainerOverride container : overrides.containerOverrides()) {
            boolean isMain = TaskDefinitionMapper.CONTAINER.equals(container.name());
            found |= isMain;
            containers.add(isMain ? identified(container, launch) : container);
        }
        if (!found) {
            containers.add(identified(
                    ContainerOverride.builder()
                            .name(TaskDefinitionMapper.CONTAINER)
                            .build(),
                    launch));
        }
        return overrides.toBuilder().containerOverrides(containers).build();
    }

    private static ContainerOverride identified(ContainerOverride container, AttemptLaunch launch) {
        Map<String, String> contract = launch.environment();
        List<KeyValuePair> environment = new ArrayList<>(container.environment());
        for (String name : contract.keySet()) {
            KeyValuePair variable =
                    KeyValuePair.builder().name(name).value(contract.get(name)).build();
            if (IDENTITY.contains(name) && !environment.contains(variable)) {
                environment.removeIf(other -> name.equals(other.name()));
                environment.add(variable);
            }
        }
        return container.toBuilder().environment(environment).build();
    }
}

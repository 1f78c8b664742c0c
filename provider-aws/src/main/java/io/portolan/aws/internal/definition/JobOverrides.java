package io.portolan.aws.internal.definition;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.aws.internal.json.NativeJson;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptLaunch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/**
 * What is said about an attempt when it is launched instead of in its task definition, so that runs with other arguments need no new
 * revision. What is too long for that is in the definition. Pure.
 */
public final class JobOverrides {
    /** Longest JSON of all overrides. Source: ECS API, RunTaskRequest.overrides (2026-08). */
    public static final int LONGEST = 8192;

    private JobOverrides() {}

    /**
     * The overrides of an attempt.
     *
     * @param launch the attempt
     * @param settings the settings of the job
     * @return those of the container {@link TaskDefinitionMapper#CONTAINER}
     */
    public static TaskOverride of(AttemptLaunch launch, AwsSettings settings) {
        return fits(launch.spec(), settings) ? full(launch) : contract(launch);
    }

    /**
     * Whether arguments and variables of a job fit into the overrides, whichever attempt it is.
     *
     * @param spec the job
     * @return false if its task definition must hold them
     */
    public static boolean fits(JobSpec spec) {
        return fits(
                spec,
                AwsSettings.optionsOf(spec)
                        .getOrDefault(OptionNames.PATCH + "RunTask", "")
                        .length());
    }

    private static boolean fits(JobSpec spec, AwsSettings settings) {
        return fits(
                spec, settings.option(OptionNames.PATCH + "RunTask").orElse("").length());
    }

    /** A patch may add overrides; it counts as if it were all of that. */
    private static boolean fits(JobSpec spec, int patch) {
        ExecutionId longest = ExecutionId.of("x".repeat(ExecutionId.MAX_LENGTH));
        AttemptLaunch launch =
                new AttemptLaunch(new AttemptKey(longest, "", spec.tasks() - 1, JobSpec.MAX_RETRIES), spec);
        return NativeJson.render(full(launch)).toString().length() + patch <= LONGEST;
    }

    private static TaskOverride full(AttemptLaunch launch) {
        return override(launch.spec().container().args(), launch.environment());
    }

    /** The variables of the contract alone: the definition has the user's. */
    private static TaskOverride contract(AttemptLaunch launch) {
        Map<String, String> environment = new LinkedHashMap<>(launch.environment());
        environment.keySet().removeAll(launch.spec().container().env().keySet());
        return override(List.of(), environment);
    }

    private static TaskOverride override(List<String> args, Map<String, String> environment) {
        ContainerOverride.Builder container =
                ContainerOverride.builder().name(TaskDefinitionMapper.CONTAINER).environment(variables(environment));
        if (!args.isEmpty()) {
            container.command(args);
        }
        return TaskOverride.builder().containerOverrides(container.build()).build();
    }

    static List<KeyValuePair> variables(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(variable -> KeyValuePair.builder()
                        .name(variable.getKey())
                        .value(variable.getValue())
                        .build())
                .toList();
    }
}

package io.portolan.aws.internal.job;

import io.portolan.aws.internal.definition.TaskDefinitionMapper;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * How ECS knows an attempt: the same attempt always gives the same names. The nonce of the record is part of them, because ECS remembers a
 * token for a day and a stopped task for an hour: an execution that was deleted and started again must not find its former tasks. Pure.
 */
final class AttemptIdentity {
    static final String EXECUTION = "CLOUD_RUN_EXECUTION";
    static final String INDEX = "CLOUD_RUN_TASK_INDEX";
    static final String ATTEMPT = "CLOUD_RUN_TASK_ATTEMPT";

    /** Hexadecimal digits: 128 bits of the hash. */
    private static final int DIGITS = 32;

    /** So that the token has at most 64 characters. Source: ECS API, RunTaskRequest.clientToken (2026-08). */
    private static final int LONGEST_HEAD = 31;

    private AttemptIdentity() {}

    /** Under one token, ECS runs at most one task in 24 hours. The readable head helps in CloudTrail. */
    static String clientToken(String application, String nonce, AttemptKey key) {
        String numbers = "-" + key.index() + "-" + key.attempt();
        String id = key.execution().value();
        String head = id.substring(0, Math.min(id.length(), LONGEST_HEAD - numbers.length())) + numbers;
        return head + "-"
                + hash(
                        application,
                        id,
                        nonce,
                        key.specHash(),
                        Integer.toString(key.index()),
                        Integer.toString(key.attempt()));
    }

    /** The same for all tasks of an execution, so that one list finds them all. */
    static String startedBy(String application, String nonce, ExecutionId id) {
        return "portolan/" + id + "/" + hash(application, id.value(), nonce);
    }

    /**
     * The attempt that a task is, read from its overrides: ECS drops the tags of a task when it is stopped.
     *
     * @return empty if it is none of this execution
     */
    static Optional<AttemptKey> of(Task task, ExecutionId id, String specHash) {
        if (task.overrides() == null) {
            return Optional.empty();
        }
        Map<String, String> environment = task.overrides().containerOverrides().stream()
                .filter(container -> TaskDefinitionMapper.CONTAINER.equals(container.name()))
                .map(ContainerOverride::environment)
                .flatMap(List::stream)
                .filter(variable -> variable.value() != null)
                .collect(Collectors.toMap(KeyValuePair::name, KeyValuePair::value, (first, second) -> second));
        try {
            return id.value().equals(environment.get(EXECUTION))
                    ? Optional.of(new AttemptKey(
                            id,
                            specHash,
                            Integer.parseInt(environment.getOrDefault(INDEX, "")),
                            Integer.parseInt(environment.getOrDefault(ATTEMPT, ""))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String hash(String... parts) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

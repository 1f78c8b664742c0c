package io.portolan.aws.internal.definition;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.client.AwsClients;
import io.portolan.error.PortolanException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * Registers task definitions, each content once: AWS takes one registration a second, and refuses two at once of one family. Thread-safe.
 */
public final class TaskDefinitions {
    private final AwsClients clients;
    private final AwsCalls calls;
    private final String application;
    private final ConcurrentMap<String, Registered> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Object> families = new ConcurrentHashMap<>();

    /** The newest revision that this connection knows of a family. */
    private record Registered(String hash, String arn) {}

    /**
     * Definitions of one application.
     *
     * @param clients the clients
     * @param calls makes the requests
     * @param application whose definitions may be taken
     */
    public TaskDefinitions(AwsClients clients, AwsCalls calls, String application) {
        this.clients = clients;
        this.calls = calls;
        this.application = application;
    }

    /**
     * A definition that holds what is asked: the newest of the family if it is the same, else a new revision.
     *
     * @param request made by {@link TaskDefinitionMapper}
     * @return the ARN, with its revision
     */
    public String arnOf(RegisterTaskDefinitionRequest request) {
        String family = request.family();
        String hash = hash(request);
        Registered cached = known.get(family);
        if (cached != null && cached.hash().equals(hash)) {
            return cached.arn();
        }
        synchronized (families.computeIfAbsent(family, f -> new Object())) {
            Registered now = known.get(family);
            if (now != null && now.hash().equals(hash)) {
                return now.arn();
            }
            String arn = found(family, hash).orElseGet(() -> registered(request));
            known.put(family, new Registered(hash, arn));
            return arn;
        }
    }

    /**
     * Forgets a definition that AWS says is not active any more; the next who asks looks again.
     *
     * @param arn as {@link #arnOf} gave it
     */
    public void forget(String arn) {
        known.values().removeIf(registered -> registered.arn().equals(arn));
    }

    private Optional<String> found(String family, String hash) {
        DescribeTaskDefinitionRequest request = DescribeTaskDefinitionRequest.builder()
                .taskDefinition(family)
                .include(TaskDefinitionField.TAGS)
                .build();
        try {
            DescribeTaskDefinitionResponse answer = calls.call(
                    "ecs:DescribeTaskDefinition", family, () -> clients.ecs().describeTaskDefinition(request));
            return isSame(answer, hash) ? Optional.of(answer.taskDefinition().taskDefinitionArn()) : Optional.empty();
        } catch (PortolanException e) {
            // ECS has no code of its own for a family that does not exist.
            if (e.nativeCode().filter("ClientException"::equals).isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean isSame(DescribeTaskDefinitionResponse answer, String hash) {
        Map<String, String> labels = Labels.of(answer.tags());
        return hash.equals(labels.get(Labels.CONTENT_HASH))
                && application.equals(labels.get(Labels.APPLICATION))
                && answer.taskDefinition().status() == TaskDefinitionStatus.ACTIVE;
    }

    private String registered(RegisterTaskDefinitionRequest request) {
        return calls.call(
                        "ecs:RegisterTaskDefinition",
                        request.family(),
                        () -> clients.ecs().registerTaskDefinition(request))
                .taskDefinition()
                .taskDefinitionArn();
    }

    private static String hash(RegisterTaskDefinitionRequest request) {
        return request.tags().stream()
                .filter(tag -> tag.key().equals(Labels.CONTENT_HASH))
                .map(Tag::value)
                .findFirst()
                .orElseGet(() -> ContentHash.of(request));
    }
}

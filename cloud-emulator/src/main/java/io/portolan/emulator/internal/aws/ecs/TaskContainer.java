package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The state of one container of a task. Used with the lock held. */
final class TaskContainer {
    final String name;
    final ObjectNode definition;
    final String arn;
    Status status = Status.PENDING;
    ContainerHealth.Status health = ContainerHealth.Status.UNKNOWN;
    boolean asked;
    boolean started;

    @Nullable
    Integer exitCode;

    @Nullable
    String reason;

    @Nullable
    String imageDigest;

    @Nullable
    String runtimeId;

    /** As the API says it. */
    enum Status {
        PENDING,
        RUNNING,
        STOPPED
    }

    TaskContainer(String name, ObjectNode definition, String arn) {
        this.name = name;
        this.definition = definition;
        this.arn = arn;
    }

    boolean isEssential() {
        return DefinitionChecks.isEssential(definition);
    }

    boolean hasHealthCheck() {
        return definition.has("healthCheck");
    }
}

package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of a service from its revisions to another, with its outcome. Used with the lock held. */
final class ServiceDeployment {
    /** How far it is. */
    enum Status {
        PENDING,
        IN_PROGRESS,
        STOP_REQUESTED,
        STOPPED,
        SUCCESSFUL,
        ROLLBACK_REQUESTED,
        ROLLBACK_IN_PROGRESS,
        ROLLBACK_SUCCESSFUL,
        ROLLBACK_FAILED;

        boolean isFinal() {
            return this == STOPPED || this == SUCCESSFUL || this == ROLLBACK_SUCCESSFUL || this == ROLLBACK_FAILED;
        }

        boolean isRollback() {
            return this == ROLLBACK_REQUESTED || this == ROLLBACK_IN_PROGRESS;
        }
    }

    final String arn;
    final Revision target;
    final List<Revision> sources;
    final JsonNode configuration;
    final Instant createdAt;
    CircuitBreaker breaker;
    Status status = Status.PENDING;
    Instant updatedAt;
    int failures;
    int rollbackFailures;
    boolean tripped;

    @Nullable
    String statusReason;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant finishedAt;

    @Nullable
    Instant stoppedAt;

    @Nullable
    Instant rollbackAt;

    @Nullable
    Revision rollbackTo;

    ServiceDeployment(
            String arn,
            Revision target,
            List<Revision> sources,
            JsonNode configuration,
            CircuitBreaker breaker,
            Instant createdAt) {
        this.arn = arn;
        this.target = target;
        this.sources = sources;
        this.configuration = configuration;
        this.breaker = breaker;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    void become(Status newStatus, @Nullable String reason, Instant now) {
        status = newStatus;
        updatedAt = now;
        if (reason != null) {
            statusReason = reason;
        }
        if (newStatus == Status.IN_PROGRESS) {
            startedAt = now;
        }
        if (newStatus == Status.STOPPED) {
            stoppedAt = now;
        }
        if (newStatus.isFinal()) {
            finishedAt = now;
        }
    }
}

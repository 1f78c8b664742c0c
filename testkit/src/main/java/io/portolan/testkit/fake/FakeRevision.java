package io.portolan.testkit.fake;

import io.portolan.run.RevisionStatus;
import io.portolan.spi.ServiceDriver.ServiceRequest;
import java.time.Instant;

/** One revision of a service. Guarded by the lock of the platform. */
final class FakeRevision {
    private final int number;
    private final ServiceRequest request;
    private final Instant createdAt;
    private RevisionStatus.State state = RevisionStatus.State.DEPLOYING;
    private int replicas;

    FakeRevision(int number, ServiceRequest request, Instant createdAt) {
        this.number = number;
        this.request = request;
        this.createdAt = createdAt;
        this.replicas = request.spec().scaling().min();
    }

    int number() {
        return number;
    }

    ServiceRequest request() {
        return request;
    }

    RevisionStatus.State state() {
        return state;
    }

    void becomes(RevisionStatus.State value) {
        state = value;
    }

    /** How many replicas it wants. */
    int replicas() {
        return replicas;
    }

    void replicas(int value) {
        replicas = value;
    }

    RevisionStatus status() {
        return new RevisionStatus(number, request.specHash(), createdAt, state);
    }
}

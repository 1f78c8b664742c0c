package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import io.portolan.gcp.internal.definition.Labels;
import java.util.Map;
import java.util.Optional;

/**
 * What Cloud Run says of how far a service is. It is judged by the resource and never by an operation, since only the resource is there for
 * whoever looks later. Pure.
 */
final class ServiceState {
    private static final String READY = "Ready";

    private ServiceState() {}

    /** Cloud Run has done, or given up, all that was asked of it. */
    static boolean isSettled(Service service) {
        Condition.State state = service.getTerminalCondition().getState();
        return !service.getReconciling()
                && service.getObservedGeneration() >= service.getGeneration()
                && (state == Condition.State.CONDITION_SUCCEEDED || state == Condition.State.CONDITION_FAILED);
    }

    /** The newest revision is ready, and requests go where they are to go. */
    static boolean isGood(Service service) {
        return isSettled(service)
                && service.getTerminalCondition().getState() == Condition.State.CONDITION_SUCCEEDED
                && newestIsReady(service);
    }

    /**
     * What was asked of a service could not be done. A newest revision that failed earlier keeps the service itself failed for ever, which
     * says nothing of a later change that makes no revision.
     */
    static boolean hasFailed(Service service) {
        return isSettled(service)
                && service.getTerminalCondition().getState() == Condition.State.CONDITION_FAILED
                && newestIsReady(service);
    }

    static boolean newestIsReady(Service service) {
        return !service.getLatestReadyRevision().isEmpty()
                && Shares.shortName(service.getLatestReadyRevision())
                        .equals(Shares.shortName(service.getLatestCreatedRevision()));
    }

    static boolean isGoing(Service service) {
        return service.hasDeleteTime();
    }

    /** The number of the revision that the annotations belong to, 0 if it is not ours. */
    static int number(Map<String, String> annotations) {
        String number = annotations.getOrDefault(Labels.REVISION, "");
        return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
    }

    static Optional<Condition> ready(Revision revision) {
        return revision.getConditionsList().stream()
                .filter(condition -> condition.getType().equals(READY))
                .findFirst();
    }

    static boolean isReady(Revision revision) {
        return ready(revision)
                .filter(condition -> condition.getState() == Condition.State.CONDITION_SUCCEEDED)
                .isPresent();
    }

    static boolean isFailed(Revision revision) {
        return ready(revision)
                .filter(condition -> condition.getState() == Condition.State.CONDITION_FAILED)
                .isPresent();
    }

    /**
     * A condition in words.
     *
     * @return {@code REASON: message}, empty if it says nothing
     */
    static String text(Condition condition) {
        String reason = switch (condition.getReasonsCase()) {
            case REASON -> condition.getReason().name();
            case REVISION_REASON -> condition.getRevisionReason().name();
            case EXECUTION_REASON -> condition.getExecutionReason().name();
            default -> "";
        };
        boolean named = !reason.isEmpty() && !reason.endsWith("UNDEFINED") && !reason.equals("UNRECOGNIZED");
        String message = condition.getMessage().strip().replaceAll("\\s+", " ");
        if (!named) {
            return message;
        }
        return message.isEmpty() ? reason : reason + ": " + message;
    }
}

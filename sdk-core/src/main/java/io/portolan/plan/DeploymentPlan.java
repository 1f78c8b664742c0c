package io.portolan.plan;

import io.portolan.id.ProviderId;
import io.portolan.portability.Finding;
import io.portolan.spec.WorkloadSpec;
import java.util.List;
import java.util.Objects;

/**
 * What {@code apply} would do, and nothing else. Made by reading only. Immutable.
 *
 * @param provider where
 * @param spec what is wanted
 * @param changes differences to what is deployed; empty if nothing would be done
 * @param requests the native requests, in their order
 * @param findings what becomes of each field
 * @param baseline fingerprint of what was deployed when the plan was made; {@code apply} refuses the plan if it is another by then
 */
public record DeploymentPlan(
        ProviderId provider,
        WorkloadSpec spec,
        List<Change> changes,
        List<NativeRequest> requests,
        List<Finding> findings,
        String baseline) {
    /** Copies the lists. */
    public DeploymentPlan {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(spec, "spec");
        changes = List.copyOf(changes);
        requests = List.copyOf(requests);
        findings = List.copyOf(findings);
        Objects.requireNonNull(baseline, "baseline");
    }

    /**
     * Whether anything would be done.
     *
     * @return false if what is deployed is what is wanted
     */
    public boolean hasChanges() {
        return !changes.isEmpty();
    }

    /**
     * Whether something would be gone, for a while or for good.
     *
     * @return true if a change deletes or replaces
     */
    public boolean isDestructive() {
        return changes.stream().anyMatch(c -> c.kind() == Change.Kind.DELETE || c.kind() == Change.Kind.REPLACE);
    }

    /**
     * The plan for a reader: changes, findings, requests.
     *
     * @return several lines
     */
    public String render() {
        StringBuilder text = new StringBuilder("plan for ")
                .append(spec.name())
                .append(" on ")
                .append(provider)
                .append(hasChanges() ? ":" : ": no changes");
        changes.forEach(c -> text.append("\n  ").append(c));
        findings.forEach(f -> text.append("\n  ! ").append(f));
        requests.forEach(r -> text.append("\n  > ")
                .append(r.operation())
                .append(' ')
                .append(r.target())
                .append('\n')
                .append(r.body().indent(4).stripTrailing()));
        return text.toString();
    }
}

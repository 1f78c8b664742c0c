package io.portolan.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.id.ProviderId;
import io.portolan.portability.Finding;
import io.portolan.spec.JobSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentPlanTest {
    private static final JobSpec SPEC = JobSpec.builder("nightly").image("b").build();

    private static DeploymentPlan plan(List<Change> changes) {
        return new DeploymentPlan(ProviderId.LOCAL, SPEC, changes, List.of(), List.of(), "base");
    }

    private static Change change(Change.Kind kind) {
        return new Change(kind, "tasks", "1", "2");
    }

    @Test
    void render_everything_isReadable() {
        DeploymentPlan plan = new DeploymentPlan(
                ProviderId.LOCAL,
                SPEC,
                List.of(
                        new Change(Change.Kind.CREATE, "job nightly", "", "b:latest"),
                        new Change(Change.Kind.UPDATE, "tasks", "1", "2"),
                        new Change(Change.Kind.REPLACE, "port", "80", "81"),
                        new Change(Change.Kind.DELETE, "volume x", "1Gi", "")),
                List.of(
                        new NativeRequest("POST /containers/create", "nightly-0", "{\n  \"Image\": \"b\"\n}\n"),
                        new NativeRequest("POST /containers/start", "nightly-0", "{}")),
                List.of(new Finding(
                        ProviderId.LOCAL,
                        "resources.cpu",
                        Finding.Kind.ADJUSTED,
                        "0.3 becomes 0.5",
                        "write 0.5",
                        "docs (2026-11)")),
                "base");

        assertThat(plan.render()).isEqualTo("""
                        plan for nightly on local:
                          + job nightly: b:latest
                          ~ tasks: 1 -> 2
                          -/+ port: 80 -> 81
                          - volume x: 1Gi
                          ! local resources.cpu ADJUSTED: 0.3 becomes 0.5; write 0.5 (docs (2026-11))
                          > POST /containers/create nightly-0
                            {
                              "Image": "b"
                            }
                          > POST /containers/start nightly-0
                            {}""");
    }

    @Test
    void render_nothingToDo_saysSo() {
        assertThat(plan(List.of()).render()).isEqualTo("plan for nightly on local: no changes");
        assertThat(plan(List.of()).hasChanges()).isFalse();
    }

    @Test
    void plan_thatDeletesOrReplaces_isDestructive() {
        for (Change.Kind kind : Change.Kind.values()) {
            boolean destructive = kind == Change.Kind.DELETE || kind == Change.Kind.REPLACE;
            DeploymentPlan plan = plan(List.of(change(Change.Kind.CREATE), change(kind)));
            assertThat(plan.isDestructive()).as("%s", kind).isEqualTo(destructive);
            assertThat(plan.hasChanges()).isTrue();
        }
    }

    @Test
    void plan_keepsCopies() {
        List<Change> changes = new ArrayList<>(List.of(change(Change.Kind.CREATE)));
        DeploymentPlan plan = plan(changes);
        changes.clear();

        assertThat(plan.changes()).hasSize(1);
    }
}

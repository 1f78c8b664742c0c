package io.portolan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.config.CloudConfig;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.plan.Change;
import io.portolan.plan.DeploymentPlan;
import io.portolan.run.LogFollower;
import io.portolan.run.LogSource;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import io.portolan.testing.MemoryLauncher;
import io.portolan.testing.MemoryProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Services and plans")
class ServicesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final MemoryProvider provider = new MemoryProvider(new MemoryLauncher());
    private final Cloud cloud = Cloud.connect(CloudConfig.builder(provider.id()).build(), provider);

    @AfterEach
    void close() {
        cloud.close();
    }

    private static ServiceSpec service(String image) {
        return ServiceSpec.builder("web").image(image).env("LEVEL", "info").build();
    }

    @Test
    void deploy_goodRevision_serves() {
        ServiceStatus status = cloud.services().deploy(service("web:1")).awaitReady(LONG);

        assertThat(status.serving().orElseThrow().number()).isEqualTo(1);
        assertThat(cloud.services().deploy(service("web:2")).ready()).succeedsWithin(LONG);
        assertThat(cloud.services().list()).containsExactly("web");
    }

    @Test
    void deploy_badRevision_failsByBothWaitsWithTheReason() {
        assertThatThrownBy(() -> cloud.services().deploy(service("broken:1")).awaitReady(LONG))
                .isInstanceOfSatisfying(PortolanException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.FAILED);
                    assertThat(e.resource()).hasValue("web");
                    assertThat(e).hasMessageContaining("exit code 1");
                });
        assertThat(cloud.services().deploy(service("broken:1")).ready())
                .failsWithin(LONG)
                .withThrowableThat()
                .withMessageContaining("exit code 1");
    }

    @Test
    void rollback_withoutNumber_goesToTheGoodRevisionBefore() {
        cloud.services().deploy(service("web:1")).awaitReady(LONG);
        cloud.services().deploy(service("web:2")).awaitReady(LONG);
        cloud.services().rollback("web").awaitReady(LONG);

        assertThat(provider.revisions.get("web"))
                .extracting(r -> r.spec().container().image().toString())
                .containsExactly("web:1", "web:2", "web:1");
    }

    @Test
    void rollback_nothingBefore_isNotFound() {
        cloud.services().deploy(service("web:1")).awaitReady(LONG);

        assertThat(catchThrowableOfType(
                                PortolanException.class,
                                () -> cloud.services().rollback("web").awaitReady(LONG))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void scale_outOfRange_isRefused() {
        assertThatThrownBy(() -> cloud.services().scale("web", 1001)).hasMessageContaining("1001");
        assertThatThrownBy(() -> cloud.services().scale("web", -1)).hasMessageContaining("-1");
    }

    @Test
    void plan_againstWhatIsDeployed_namesEachField() {
        DeploymentPlan first = cloud.services().plan(service("web:1"));
        assertThat(first.changes()).extracting(Change::kind).containsExactly(Change.Kind.CREATE);
        cloud.services().apply(first).awaitReady(LONG);

        assertThat(cloud.plan(service("web:1")).hasChanges()).isFalse();
        DeploymentPlan next = cloud.services()
                .plan(service("web:2").toBuilder().env("LEVEL", "debug").build());
        assertThat(next.changes())
                .extracting(Change::toString)
                .containsExactlyInAnyOrder("~ env.LEVEL: info -> debug", "~ image: web:1 -> web:2");
        assertThat(next.isDestructive()).isFalse();
    }

    @Test
    void apply_changedSince_isRefusedAsStale() {
        DeploymentPlan plan = cloud.services().plan(service("web:1"));
        cloud.services().deploy(service("web:2")).awaitReady(LONG);

        assertThatThrownBy(() -> cloud.services().apply(plan))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessageContaining("stale");
    }

    @Test
    void apply_planOfAnotherKind_isRefused() {
        DeploymentPlan ofJob = cloud.plan(JobSpec.builder("etl").image("etl:1").build());
        DeploymentPlan ofService = cloud.plan(service("web:1"));

        assertThatThrownBy(() -> cloud.services().apply(ofJob)).hasMessageContaining("of a job");
        assertThatThrownBy(() -> cloud.jobs().apply(ofService, ExecutionId.of("x")))
                .hasMessageContaining("of a service");
    }

    @Test
    void followLogs_ofAService_goesOnUntilClosed() {
        LogSource replica = LogSource.replica("web-1");
        provider.write(replica, "one");
        List<String> lines = new CopyOnWriteArrayList<>();
        try (LogFollower follower = cloud.services().followLogs("web", line -> lines.add(line.text()))) {
            Awaitility.await().until(() -> lines.size() == 1);
            provider.write(replica, "two");
            Awaitility.await().until(() -> lines.size() == 2);
            assertThat(follower.failure()).isEmpty();
        }
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void delete_twice_isTheSameAsOnce() {
        cloud.services().deploy(service("web:1")).awaitReady(LONG);
        cloud.services().delete("web");
        cloud.services().delete("web");

        assertThat(cloud.services().status("web")).isEmpty();
    }
}

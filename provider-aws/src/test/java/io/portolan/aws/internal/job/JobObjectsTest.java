package io.portolan.aws.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.aws.internal.record.FakeLogs;
import io.portolan.id.ExecutionId;
import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.RequestLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

class JobObjectsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String FAMILY = "portolan-shop-job-etl";

    private final FakeEcs ecs = new FakeEcs();
    private final FakeLogs logs = new FakeLogs();
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final AwsCalls calls = new AwsCalls(RequestLimits.NONE);
    private final EcsTaskLauncher launcher = new EcsTaskLauncher(
            () -> ecs, () -> logs, calls, definitions(), () -> "eu-central-1", Launches.CONFIG, clock);
    private final JobObjects objects = new JobObjects(launcher, () -> ecs, calls, Launches.CONFIG, clock);

    @Test
    void list_ofAnExecutionThatRuns_hasItsRecordAndItsTasks() {
        claim("nightly-1", 3, NOW);
        String arn = launcher.launch(Launches.launch(0, 0)).nativeId().orElseThrow();
        ecs.change(arn, t -> t.createdAt(NOW));

        List<OwnedResource> all = objects.list();

        assertThat(all).extracting(OwnedResource::kind).containsExactly("execution", "task");
        assertThat(all).allSatisfy(o -> assertThat(o.labels()).containsEntry(Labels.EXECUTION, "nightly-1"));
    }

    @Test
    void prune_withAnExecutionThatRuns_leavesIt() {
        claim("nightly-1", 1, NOW);
        launcher.launch(Launches.launch(0, 0));

        assertThat(objects.prune(false).removed()).isEmpty();
        assertThat(launcher.find(Launches.ID)).isPresent();
    }

    @Test
    void prune_withAnExecutionThatIsOver_removesIt_butNotWhenOnlyAsked() {
        claim("nightly-1", 1, NOW);
        String arn = launcher.launch(Launches.launch(0, 0)).nativeId().orElseThrow();
        ecs.exit(arn, 0);
        launcher.describe(List.of(new AttemptRef(Launches.key(0, 0), arn)));

        assertThat(objects.prune(true).removed()).hasSize(1);
        assertThat(launcher.find(Launches.ID)).isPresent();
        assertThat(objects.prune(false).removed())
                .extracting(OwnedResource::name)
                .containsExactly("nightly-1");
        assertThat(launcher.find(Launches.ID)).isEmpty();
    }

    @Test
    void prune_withTasksThatDidNotRunYet_leavesTheExecution() {
        claim("nightly-1", 3, NOW);
        ecs.exit(launcher.launch(Launches.launch(0, 0)).nativeId().orElseThrow(), 0);

        assertThat(objects.prune(false).removed()).isEmpty();
    }

    @Test
    void prune_withARecordThatNothingCameOf_removesItOnceItIsNotNew() {
        claim("old", 1, NOW.minus(Duration.ofHours(1)));
        claim("new", 1, NOW);

        assertThat(objects.prune(false).removed())
                .extracting(OwnedResource::name)
                .containsExactly("old");
    }

    @Test
    void prune_withSupersededRevisions_deregistersThemButTheNewest() {
        define(FAMILY + ":1", "shop", NOW.minus(Duration.ofDays(2)));
        define(FAMILY + ":2", "shop", NOW.minus(Duration.ofMinutes(5)));
        define(FAMILY + ":3", "shop", NOW);
        define("portolan-shop-job-x-job-etl:1", "shop-job-x", NOW.minus(Duration.ofDays(2)));
        define("portolan-shop-job-x-job-etl:2", "shop-job-x", NOW);

        PruneReport report = objects.prune(false);

        assertThat(report.removed()).extracting(OwnedResource::name).containsExactly(FAMILY + ":1");
        assertThat(report.failed()).isEmpty();
        assertThat(ecs.definitions).hasSize(4);
    }

    private void claim(String id, int tasks, Instant at) {
        String spec = SpecYaml.write(Launches.job().tasks(tasks).build());
        launcher.claim(new ExecutionRecord(ExecutionId.of(id), "etl", Launches.HASH, tasks, spec, at, false));
    }

    private void define(String arn, String application, Instant at) {
        Map<String, String> labels =
                Map.of(Labels.MANAGED_BY, Labels.PORTOLAN, Labels.APPLICATION, application, Labels.KIND, Labels.JOB);
        ecs.definitions.put(
                arn,
                DescribeTaskDefinitionResponse.builder()
                        .taskDefinition(d -> d.registeredAt(at).status("ACTIVE"))
                        .tags(Labels.tags(labels))
                        .build());
    }

    private static TaskStarter.Definitions definitions() {
        return new TaskStarter.Definitions() {
            @Override
            public String arnOf(RegisterTaskDefinitionRequest request) {
                return "arn:definition:1";
            }

            @Override
            public void forget(String arn) {}
        };
    }
}

package io.portolan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.id.ProviderId;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;
import org.junit.jupiter.api.Test;

/** The builders of jobs and services: defaults, copies, and every structural rule. */
class WorkloadSpecTest {
    private static JobSpec.Builder job() {
        return JobSpec.builder("a").image("b");
    }

    private static ServiceSpec.Builder service() {
        return ServiceSpec.builder("a").image("b");
    }

    private static List<String> refused(UnaryOperator<JobSpec.Builder> change) {
        InvalidSpecException e = catchThrowableOfType(
                InvalidSpecException.class, () -> change.apply(job()).build());
        assertThat(e).isNotNull();
        return e.violations().stream().map(Violation::toString).toList();
    }

    @Test
    void job_nothingSet_hasDefaults() {
        JobSpec job = job().build();

        assertThat(job.name()).isEqualTo("a");
        assertThat(job.tasks()).isEqualTo(1);
        assertThat(job.parallelism()).isEqualTo(1);
        assertThat(job.maxRetries()).isZero();
        assertThat(job.timeout()).isEmpty();
        assertThat(job.labels()).isEmpty();
        assertThat(job.options()).isEmpty();
        ContainerSpec container = job.container();
        assertThat(container.image()).isEqualTo(ImageReference.parse("b"));
        assertThat(container.command()).isEmpty();
        assertThat(container.args()).isEmpty();
        assertThat(container.env()).isEmpty();
        assertThat(container.resources()).isEqualTo(Resources.DEFAULT);
        assertThat(container.workingDirectory()).isEmpty();
        assertThat(container.user()).isEmpty();
        assertThat(container.readOnlyRootFilesystem()).isFalse();
        assertThat(container.initProcess()).isFalse();
        assertThat(container.stopGracePeriod()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void service_nothingSet_hasDefaults() {
        ServiceSpec service = service().build();

        assertThat(service.port()).isEqualTo(Port.http(8080));
        assertThat(service.scaling()).isEqualTo(Scaling.fixed(1));
        assertThat(service.exposure()).isEqualTo(Exposure.PUBLIC);
        assertThat(service.readiness()).isEqualTo(Probe.tcp());
        assertThat(service.liveness()).isEmpty();
    }

    @Test
    void parallelism_isNeverMoreThanTasks() {
        assertThat(job().tasks(50).build().parallelism()).isEqualTo(50);
        assertThat(job().tasks(5).parallelism(10).build().parallelism()).isEqualTo(5);
        assertThat(job().tasks(50).parallelism(10).build().parallelism()).isEqualTo(10);
    }

    @Test
    void parallelism_ofAll_staysAllWhenTasksChange() {
        assertThat(job().tasks(5).build().toBuilder().tasks(20).build().parallelism())
                .isEqualTo(20);
        assertThat(job().tasks(5).parallelism(2).build().toBuilder()
                        .tasks(20)
                        .build()
                        .parallelism())
                .isEqualTo(2);
        JobSpec.Builder reused = job().tasks(5).parallelism(10);
        reused.build();
        assertThat(reused.tasks(50).build().parallelism()).isEqualTo(10);
    }

    @Test
    void toBuilder_ofAnySpec_makesAnEqualOne() {
        LongStream.range(0, 300)
                .mapToObj(SpecSamples::any)
                .forEach(spec -> assertThat(
                                spec instanceof JobSpec job
                                        ? job.toBuilder().build()
                                        : ((ServiceSpec) spec).toBuilder().build())
                        .isEqualTo(spec)
                        .hasSameHashCodeAs(spec));
        assertThat(SpecSamples.fullJob().toBuilder().build()).isEqualTo(SpecSamples.fullJob());
        assertThat(SpecSamples.fullService().toBuilder().build()).isEqualTo(SpecSamples.fullService());
    }

    @Test
    void builder_afterBuild_doesNotChangeTheSpec() {
        JobSpec.Builder builder = job().env("A", "1").label("l", "1");
        JobSpec before = builder.build();
        builder.env("B", "2").label("m", "2").volume("/data", Volume.named("v")).options(options(ProviderId.AWS, "1"));

        assertThat(before.container().env()).containsOnlyKeys("A");
        assertThat(before.labels()).containsOnlyKeys("l");
        assertThat(before.container().volumes()).isEmpty();
        assertThat(before.options()).isEmpty();
    }

    @Test
    void env_singleAddsAndMapReplaces() {
        assertThat(job().env("A", "1").env("B", "2").build().container().env())
                .containsExactly(Map.entry("A", "1"), Map.entry("B", "2"));
        assertThat(job().env("A", "1").env(Map.of("B", "2")).build().container().env())
                .containsExactly(Map.entry("B", "2"));
    }

    @Test
    void options_ofTheSameProvider_replaceEarlierOnes() {
        JobSpec spec = job().options(options(ProviderId.AWS, "1"))
                .options(options(ProviderId.GCP, "2"))
                .options(options(ProviderId.AWS, "3"))
                .build();

        assertThat(spec.options()).containsExactly(options(ProviderId.GCP, "2"), options(ProviderId.AWS, "3"));
    }

    private static NamedOptions options(ProviderId provider, String value) {
        return new NamedOptions(provider, Map.of("key", value));
    }

    @Test
    void image_builtBefore_isTakenByItsReference() {
        Image image = new Image(ImageReference.parse("x:1"), "sha256:1", Architecture.AMD64, null);

        assertThat(job().image(image).build().container().image()).isEqualTo(ImageReference.parse("x:1"));
        assertThat(job().image("B C").image("d").build().container().image()).hasToString("d:latest");
    }

    @Test
    void build_everythingWrong_isReportedAtOnce() {
        InvalidSpecException e = catchThrowableOfType(
                InvalidSpecException.class,
                () -> JobSpec.builder("Nightly!")
                        .tasks(0)
                        .parallelism(-3)
                        .maxRetries(11)
                        .timeout(Duration.ofDays(8))
                        .build());

        assertThat(e).hasMessage("""
                        job 'Nightly!' has 6 violations:
                          name was 'Nightly!' but must be 1 to 49 lower-case letters, digits or inner hyphens and start with a letter; write for example 'nightly-etl'
                          image was '' but is required; call image("registry/repository:tag")
                          tasks was '0' but must be 1 to 10000; choose a number in this range
                          parallelism was '0 or less' but must be 1 or more; leave it out to run all tasks at once
                          maxRetries was '11' but must be 0 to 10; choose a number in this range
                          timeout was 'PT192H' but must be PT1S to PT168H; write for example PT30M""");
    }

    @Test
    void build_words_areChecked() {
        assertThat(refused(b -> b.command("", "x\0").args("ok", "\0")))
                .containsExactly(
                        "command[1] was '...' but must not hold a NUL character; remove it",
                        "command[0] was '' but must name a program; write for example '/bin/sh'",
                        "args[1] was '...' but must not hold a NUL character; remove it");
        assertThat(refused(b -> b.image("A:b")))
                .containsExactly("image was 'A:b' but must be [registry/]repository[:tag][@digest];"
                        + " write for example 'ghcr.io/acme/etl:1.4'");
        assertThat(refused(b -> b.image("A".repeat(200))).get(0))
                .startsWith("image was '" + "A".repeat(100) + "...' but");
    }

    @Test
    void build_variables_areChecked() {
        assertThat(refused(b -> b.env("1A", "x")
                        .env("B", "\0secret")
                        .env("PORT", "1")
                        .env("CLOUD_RUN_X", "1")
                        .secretEnv("K_SERVICE", SecretRef.named("x"))
                        .secretEnv("B", SecretRef.named("x"))
                        .secretEnv("a=b", SecretRef.named("x"))))
                .containsExactly(
                        "env.1A was '1A' but must match [A-Za-z_][A-Za-z0-9_.-]{0,254}; use letters, digits and underscores",
                        "env.B was '...' but must not hold a NUL character; remove it",
                        "env.PORT was 'PORT' but is set by the platform (PORT, CLOUD_RUN_*, K_*);"
                                + " set the port of the service instead",
                        "env.CLOUD_RUN_X was 'CLOUD_RUN_X' but is set by the platform (PORT, CLOUD_RUN_*, K_*);"
                                + " choose another name",
                        "secretEnv.K_SERVICE was 'K_SERVICE' but is set by the platform (PORT, CLOUD_RUN_*, K_*);"
                                + " choose another name",
                        "secretEnv.B was 'B' but must not be in env as well; keep one of the two",
                        "secretEnv.a=b was 'a=b' but must match [A-Za-z_][A-Za-z0-9_.-]{0,254};"
                                + " use letters, digits and underscores");
    }

    @Test
    void build_paths_areChecked() {
        for (String path : List.of("", "/", "data", "/a/../b", "/..", "/a:b", "/\0")) {
            assertThat(refused(b -> b.volume(path, Volume.named("v"))))
                    .singleElement()
                    .isEqualTo("volumes[0].path was '" + path + "' but must be an absolute path other than / without"
                            + " '..' and ':'; write for example '/data'");
            assertThat(refused(b -> b.workingDirectory(path)).get(0)).startsWith("workingDirectory was '" + path);
        }
        assertThat(refused(b -> b.volume("/a", Volume.named("v"))
                        .volume("/a", Volume.named("w"))
                        .secretFile("/a", SecretRef.named("x"))))
                .containsExactly(
                        "volumes[1].path was '/a' but must be mounted once; choose another path",
                        "secretFiles./a was '/a' but must be mounted once; choose another path");
        assertThat(job().volume("/a..b/...", Volume.named("v"))
                        .build()
                        .container()
                        .volumes())
                .hasSize(1);
    }

    @Test
    void build_labels_areChecked() {
        assertThat(refused(b -> b.label("Team", "x")
                        .label("io.portolan.x", "x")
                        .label("a", "x y")
                        .label("b", "x".repeat(64))))
                .containsExactly(
                        "labels.Team was 'Team' but must match [a-z][a-z0-9_.-]{0,62}; write for example 'team'",
                        "labels.io.portolan.x was 'io.portolan.x' but must not start with io.portolan;"
                                + " choose another key",
                        "labels.a was 'x y' but must match [A-Za-z0-9_.-]{0,63};"
                                + " shorten it or replace other characters by -",
                        "labels.b was '" + "x".repeat(64) + "' but must match [A-Za-z0-9_.-]{0,63};"
                                + " shorten it or replace other characters by -");
        assertThat(job().label("a", "").build().labels()).containsEntry("a", "");
    }

    @Test
    void build_times_areChecked() {
        for (Duration grace : List.of(Duration.ofSeconds(-1), Duration.ofMillis(1500), Duration.ofSeconds(3601))) {
            assertThat(refused(b -> b.stopGracePeriod(grace)))
                    .containsExactly("stopGracePeriod was '" + grace + "' but must be 0 to 1 hour in whole seconds;"
                            + " write for example PT10S");
        }
        assertThat(refused(b -> b.timeout(Duration.ofMillis(999))).get(0)).startsWith("timeout was 'PT0.999S' but");
        assertThat(job().stopGracePeriod(Duration.ZERO)
                        .timeout(Duration.ofDays(7))
                        .build()
                        .timeout())
                .contains(Duration.ofDays(7));
    }

    @Test
    void build_users_areChecked() {
        for (String user : List.of("", ":", "a:", "a b", "-a", "a:b:c")) {
            assertThat(refused(b -> b.user(user)))
                    .containsExactly("user was '" + user
                            + "' but must be user[:group], names or numbers; write for example '1000:1000'");
        }
        assertThat(job().user("app_1:staff.x").build().container().user()).contains("app_1:staff.x");
    }

    @Test
    void build_httpProbeOnATcpPort_isRefused() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() ->
                        service().port(Port.tcp(1)).readiness(Probe.http("/")).build())
                .withMessage(
                        "service 'a' has 1 violation:\n  readiness was 'http' but must fit the protocol of the port,"
                                + " which is TCP; use Probe.tcp()");
        assertThat(service().port(Port.tcp(1)).build().readiness()).isEqualTo(Probe.tcp());
    }

    @Test
    void text_ofSpecs_showsNoValuesOfVariables() {
        assertThat(SpecSamples.fullJob().toBuilder()
                        .env("TOKEN", "hunter2")
                        .build()
                        .toString())
                .startsWith("job 'nightly-etl' [image=ghcr.io/acme/etl@sha256:")
                .contains("env=[LOG_LEVEL, EMPTY, A_FLAG, TOKEN]", "tasks=50")
                .doesNotContain("hunter2", "info");
        assertThat(SpecSamples.fullService()).asString().contains("port=5432, scaling=0..4, exposure=INTERNAL");
    }

    @Test
    void specs_areEqualByContent() {
        for (Class<?> type :
                List.of(JobSpec.class, ServiceSpec.class, ContainerSpec.class, Resources.class, SecretRef.class)) {
            EqualsVerifier.forClass(type)
                    .withPrefabValues(GpuModel.class, GpuModel.NVIDIA_L4, GpuModel.NVIDIA_T4)
                    .withPrefabValues(Probe.class, Probe.tcp(), Probe.http("/"))
                    .withPrefabValues(Scaling.class, Scaling.fixed(1), Scaling.fixed(2))
                    .suppress(Warning.NULL_FIELDS)
                    .verify();
        }
    }
}

package io.portolan.spec;

import io.portolan.id.ProviderId;
import io.portolan.image.Architecture;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Specs for tests: one with every field, and any number of others that a seed makes. */
final class SpecSamples {
    private static final String IMAGE = "ghcr.io/acme/etl@sha256:" + "0123456789abcdef".repeat(4);
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "plain",
            "true",
            "No",
            "~",
            "null",
            "007",
            "1_000",
            "1e3",
            ".5",
            "0x1F",
            "12:30",
            "2026-11-22",
            "- item",
            "a: b",
            "a #b",
            "#a",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "'a'",
            "\"a\"",
            "{a}",
            "[a]",
            "a,b",
            "?",
            "<<",
            "=",
            "---",
            "...",
            "back\\slash",
            "line\nbreak\n",
            "\r\n\t",
            "\u0001\u0007\u001b\u007f\u0085\u009f",
            "\u00e9\u4e2d\u2028\u2029\ufeff\ufffe",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00x",
            "${HOME}",
            "x".repeat(1200));

    private final Random random;

    private SpecSamples(long seed) {
        this.random = new Random(seed);
    }

    static JobSpec fullJob() {
        return JobSpec.builder("nightly-etl")
                .image(IMAGE)
                .command("/bin/etl", "run")
                .args("--day", "2026-11-21", "")
                .env("LOG_LEVEL", "info")
                .env("EMPTY", "")
                .env("A_FLAG", "true")
                .secretEnv("DB_PASSWORD", SecretRef.named("report-db"))
                .secretFile("/etc/tls/key.pem", SecretRef.named("tls-key").version("3"))
                .volume("/data", Volume.named("results"))
                .volume(new VolumeMount("/in", Volume.hostDirectory("/srv/in"), true))
                .volume("/tmp", Volume.inMemory(MemorySize.mebibytes(64)))
                .resources(Resources.of(Cpu.millis(1500), MemorySize.gibibytes(4))
                        .gpu(Gpu.of(GpuModel.NVIDIA_L4, 2))
                        .ephemeralStorage(MemorySize.gibibytes(10))
                        .architecture(Architecture.ARM64))
                .workingDirectory("/work")
                .user("1000:1000")
                .readOnlyRootFilesystem(true)
                .initProcess(true)
                .stopGracePeriod(Duration.ofSeconds(30))
                .tasks(50)
                .parallelism(10)
                .maxRetries(2)
                .timeout(Duration.ofMinutes(30))
                .label("team", "data")
                .options(new NamedOptions(ProviderId.LOCAL, Map.of("network", "host")))
                .build();
    }

    static ServiceSpec fullService() {
        return ServiceSpec.builder("web")
                .image("acme/web:1.4")
                .port(Port.tcp(5432))
                .scaling(Scaling.between(0, 4))
                .exposure(Exposure.INTERNAL)
                .readiness(Probe.exec("/bin/ready", "-v")
                        .interval(Duration.ofMillis(250))
                        .timeout(Duration.ofSeconds(2))
                        .failureThreshold(5)
                        .startupTimeout(Duration.ofMinutes(10)))
                .liveness(Probe.tcp())
                .build();
    }

    /** Another spec for each seed; the same for the same seed. */
    static WorkloadSpec any(long seed) {
        SpecSamples samples = new SpecSamples(seed);
        return samples.random.nextBoolean() ? samples.job() : samples.service();
    }

    private JobSpec job() {
        JobSpec.Builder b = container(JobSpec.builder(name()));
        int tasks = 1 + random.nextInt(random.nextBoolean() ? 3 : JobSpec.MAX_TASKS);
        b.tasks(tasks).maxRetries(random.nextInt(JobSpec.MAX_RETRIES + 1));
        if (random.nextBoolean()) {
            b.parallelism(1 + random.nextInt(tasks));
        }
        if (random.nextBoolean()) {
            b.timeout(Duration.ofMillis(1000 + random.nextInt(604_799_000)));
        }
        return b.build();
    }

    private ServiceSpec service() {
        ServiceSpec.Builder b = container(ServiceSpec.builder(name()));
        boolean tcp = random.nextBoolean();
        int number = 1 + random.nextInt(65_535);
        b.port(tcp ? Port.tcp(number) : Port.http(number));
        int min = random.nextInt(5);
        b.scaling(Scaling.between(min, Math.max(1, min) + random.nextInt(3)));
        b.exposure(pick(List.of(Exposure.values())));
        if (random.nextBoolean()) {
            b.readiness(probe(!tcp));
        }
        if (random.nextBoolean()) {
            b.liveness(probe(true));
        }
        return b.build();
    }

    private <B extends WorkloadBuilder<B>> B container(B b) {
        b.image(pick(
                List.of("busybox", IMAGE, "127.0.0.1:5000/a/b:x", "localhost/a:1.0_rc-1", "docker.io/library/a:b")));
        for (int i = random.nextInt(3); i > 0; i--) {
            b.env("VARIABLE_" + random.nextInt(100), text())
                    .label("l." + random.nextInt(100), pick(List.of("", "a.b", "1", "true")));
            b.secretEnv("SECRET." + random.nextInt(100), secret());
            b.secretFile(
                    "/secrets/" + random.nextInt(10_000) + "/"
                            + pick(List.of("a b", "#", "y", "\u4e2d", "x".repeat(1100))),
                    secret());
        }
        if (random.nextBoolean()) {
            b.command("/bin/sh", text(), text()).args(text());
        }
        if (random.nextBoolean()) {
            b.volume(
                    "/v1",
                    pick(List.of(
                            Volume.named("001"),
                            Volume.hostDirectory("C:\\data"),
                            Volume.inMemory(new MemorySize(1)))));
            b.volume(new VolumeMount("/v2", Volume.hostDirectory("/" + text().replace('\0', 'x')), true));
        }
        if (random.nextBoolean()) {
            Resources r =
                    Resources.of(Cpu.millis(1 + random.nextInt(64_000)), new MemorySize(1 + random.nextInt(1_000_000)));
            b.resources(
                    random.nextBoolean()
                            ? r
                            : r.gpu(Gpu.of(GpuModel.NVIDIA_ANY, 1)).ephemeralStorage(MemorySize.gibibytes(1)));
        }
        if (random.nextBoolean()) {
            b.user(pick(List.of("0", "app", "0100:staff"))).workingDirectory("/w " + random.nextInt(10));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            settings.put(text(), text());
        }
        if (random.nextBoolean()) {
            b.options(new NamedOptions(ProviderId.GCP, settings)).options(new NamedOptions(ProviderId.AWS, Map.of()));
        }
        return b.readOnlyRootFilesystem(random.nextBoolean())
                .initProcess(random.nextBoolean())
                .stopGracePeriod(Duration.ofSeconds(random.nextInt(3601)));
    }

    private Probe probe(boolean http) {
        Probe probe = http && random.nextBoolean()
                ? Probe.http(pick(List.of("/", "/healthz?a=b:c#d")))
                : random.nextBoolean() ? Probe.tcp() : Probe.exec("/check", text());
        return random.nextBoolean() ? probe : probe.interval(Duration.ofNanos(1 + random.nextInt(2_000_000_000)));
    }

    private SecretRef secret() {
        SecretRef secret = SecretRef.named(pick(List.of("report-db", "123", "true", "arn:aws:x:y/z")));
        return random.nextBoolean() ? secret : secret.version(pick(List.of("3", "latest")));
    }

    private String name() {
        return pick(List.of("a", "nightly", "no", "y", "a-1", "n" + "x".repeat(48)));
    }

    private String text() {
        return pick(TEXTS);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

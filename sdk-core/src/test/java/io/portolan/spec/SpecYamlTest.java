package io.portolan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.error.InvalidSpecException;
import io.portolan.id.ProviderId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, and that reading gives it back. What is refused: {@link SpecReaderTest}. */
class SpecYamlTest {
    private static final String FULL_JOB = """
            kind: job
            name: nightly-etl
            image: "ghcr.io/acme/etl@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            command:
              - /bin/etl
              - run
            args:
              - "--day"
              - "2026-11-21"
              - ""
            env:
              LOG_LEVEL: info
              EMPTY: ""
              A_FLAG: "true"
            secretEnv:
              DB_PASSWORD: report-db
            secretFiles:
              /etc/tls/key.pem:
                name: tls-key
                version: "3"
            volumes:
              - path: /data
                named: results
              - path: /in
                hostDirectory: /srv/in
                readOnly: true
              - path: /tmp
                inMemory: "64Mi"
            resources:
              cpu: "1500m"
              memory: "4Gi"
              gpu:
                model: nvidia-l4
                count: 2
              ephemeralStorage: "10Gi"
              architecture: arm64
            workingDirectory: /work
            user: "1000:1000"
            readOnlyRootFilesystem: true
            initProcess: true
            stopGracePeriod: PT30S
            tasks: 50
            parallelism: 10
            maxRetries: 2
            timeout: PT30M
            labels:
              team: data
            options:
              local:
                network: host
            """;
    private static final String FULL_SERVICE = """
            kind: service
            name: web
            image: acme/web:1.4
            port:
              number: 5432
              protocol: tcp
            scaling:
              min: 0
              max: 4
            exposure: internal
            readiness:
              exec:
                - /bin/ready
                - "-v"
              interval: PT0.25S
              timeout: PT2S
              failureThreshold: 5
              startupTimeout: PT10M
            liveness:
              tcp: true
            """;

    @TempDir
    Path directory;

    @Test
    void write_everyField_givesTheDocumentedForm() {
        assertThat(SpecYaml.write(SpecSamples.fullJob()))
                .isEqualTo(FULL_JOB.replace("image: \"", "image: ").replace("cdef\"\n", "cdef\n"));
        assertThat(SpecYaml.write(SpecSamples.fullService())).isEqualTo(FULL_SERVICE);
    }

    @Test
    void write_defaults_areLeftOut() {
        assertThat(SpecYaml.write(
                        JobSpec.builder("a").image("b").tasks(3).parallelism(3).build()))
                .isEqualTo("kind: job\nname: a\nimage: b:latest\ntasks: 3\n");
        assertThat(SpecYaml.write(ServiceSpec.builder("a").image("b").build()))
                .isEqualTo("kind: service\nname: a\nimage: b:latest\n");
    }

    @Test
    void read_writtenDocument_givesAnEqualSpec() {
        assertThat(SpecYaml.read(FULL_JOB)).isEqualTo(SpecSamples.fullJob());
        assertThat(SpecYaml.read(FULL_SERVICE)).isEqualTo(SpecSamples.fullService());
        LongStream.range(0, 400).forEach(seed -> {
            WorkloadSpec spec = SpecSamples.any(seed);
            WorkloadSpec copy = SpecYaml.read(SpecYaml.write(spec));
            assertThat(copy).as("seed %d", seed).isEqualTo(spec);
            assertThat(SpecYaml.write(copy)).as("seed %d", seed).isEqualTo(SpecYaml.write(spec));
            assertThat(SpecYaml.hash(copy)).as("seed %d", seed).isEqualTo(SpecYaml.hash(spec));
        });
    }

    @Test
    void read_shortForms_meanTheLongOnes() {
        WorkloadSpec spec = SpecYaml.read("""
                kind: service
                name: web
                image: acme/web
                user: 1000
                args: [1, true, 1.50, on]
                env: {N: 010, YES: yes}
                resources: {cpu: 0.5, memory: 1073741824}
                port: 9000
                scaling: 3
                readiness: {http: /healthz, interval: 250ms}
                """);

        assertThat(spec)
                .isEqualTo(ServiceSpec.builder("web")
                        .image("acme/web")
                        .user("1000")
                        .args("1", "true", "1.50", "on")
                        .env("N", "010")
                        .env("YES", "yes")
                        .resources(Resources.of(Cpu.cores(0.5), MemorySize.gibibytes(1)))
                        .port(Port.http(9000))
                        .scaling(Scaling.fixed(3))
                        .readiness(Probe.http("/healthz").interval(Duration.ofMillis(250)))
                        .build());
    }

    @Test
    void hash_ofKnownSpecs_neverChanges() {
        // A change here breaks the identity of executions that run while a user updates the library.
        assertThat(List.of(
                        SpecYaml.hash(JobSpec.builder("a").image("b").build()),
                        SpecYaml.hash(SpecSamples.fullJob()),
                        SpecYaml.hash(SpecSamples.fullService())))
                .containsExactly("a5831e74f80180b1", "c50bed10a336746c", "d5507ba28100339d");
    }

    @Test
    void hash_ofEqualSpecs_isEqualWhateverTheOrder() {
        JobSpec one = JobSpec.builder("a")
                .image("b")
                .env("X", "1")
                .env("Y", "2")
                .label("l", "1")
                .label("m", "2")
                .build();
        JobSpec other = JobSpec.builder("a")
                .image("b")
                .label("m", "2")
                .label("l", "1")
                .env("Y", "2")
                .env("X", "1")
                .build();

        assertThat(one).isEqualTo(other);
        assertThat(SpecYaml.hash(one)).isEqualTo(SpecYaml.hash(other)).matches("[0-9a-f]{16}");
        assertThat(SpecYaml.write(one)).isNotEqualTo(SpecYaml.write(other));
    }

    @Test
    void hash_ofDifferentSpecs_differs() {
        Set<WorkloadSpec> specs = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        LongStream.range(0, 400)
                .mapToObj(SpecSamples::any)
                .filter(specs::add)
                .forEach(s -> hashes.add(SpecYaml.hash(s)));
        assertThat(hashes).hasSameSizeAs(specs);

        JobSpec job = JobSpec.builder("a").image("b").args("x", "y").build();
        assertThat(SpecYaml.hash(job))
                .isNotEqualTo(SpecYaml.hash(job.toBuilder().args("y", "x").build()));
        assertThat(SpecYaml.hash(job))
                .isNotEqualTo(SpecYaml.hash(job.toBuilder().args("x y").build()));
    }

    @Test
    void fields_ofASpec_includeDefaults() {
        assertThat(SpecYaml.fields(JobSpec.builder("a").image("b").args("x").build()))
                .containsExactly(
                        Map.entry("kind", "job"),
                        Map.entry("name", "a"),
                        Map.entry("image", "b:latest"),
                        Map.entry("args[0]", "x"),
                        Map.entry("resources.cpu", "1"),
                        Map.entry("resources.memory", "512Mi"),
                        Map.entry("readOnlyRootFilesystem", "false"),
                        Map.entry("initProcess", "false"),
                        Map.entry("stopGracePeriod", "PT10S"),
                        Map.entry("tasks", "1"),
                        Map.entry("parallelism", "1"),
                        Map.entry("maxRetries", "0"));
        assertThat(SpecYaml.fields(ServiceSpec.builder("a").image("b").build()))
                .containsEntry("port.number", "8080")
                .containsEntry("port.protocol", "http")
                .containsEntry("scaling.min", "1")
                .containsEntry("exposure", "public")
                .containsEntry("readiness.tcp", "true")
                .containsEntry("readiness.interval", "PT1S");
    }

    @Test
    void options_ofAProvidersOwnClass_areReadByName() {
        ProviderOptions own = new ProviderOptions() {
            @Override
            public ProviderId provider() {
                return ProviderId.LOCAL;
            }

            @Override
            public Map<String, String> settings() {
                return Map.of("network", "host");
            }
        };
        JobSpec spec = JobSpec.builder("a").image("b").options(own).build();

        WorkloadSpec copy = SpecYaml.read(SpecYaml.write(spec));

        assertThat(copy.options()).containsExactly(new NamedOptions(ProviderId.LOCAL, Map.of("network", "host")));
        assertThat(SpecYaml.hash(copy)).isEqualTo(SpecYaml.hash(spec));
    }

    @Test
    void write_specThatCannotBeReadBack_isRefused() {
        JobSpec spec =
                JobSpec.builder("a").image("b").env("X", "x".repeat(1_100_000)).build();

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> SpecYaml.write(spec))
                .withMessageContaining("must be at most 1048576 characters");
    }

    @Test
    void read_file_givesTheSpec() throws IOException {
        Path file = Files.writeString(directory.resolve("job.yaml"), "kind: job\nname: a\nimage: b # \u00e9\n");

        assertThat(SpecYaml.read(file))
                .isEqualTo(JobSpec.builder("a").image("b").build());
    }

    @Test
    void read_fileThatCannotBeRead_isNamed() throws IOException {
        Path missing = directory.resolve("missing.yaml");
        Path latin = Files.write(directory.resolve("latin.yaml"), "name: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        Path broken = Files.writeString(directory.resolve("broken.yaml"), "kind: job\nname: a\n");

        for (Map.Entry<Path, String> e : List.of(
                Map.entry(missing, "document was 'NoSuchFileException' but must be a file that can be read;"),
                Map.entry(latin, "document was 'MalformedInputException' but must be text in UTF-8;"),
                Map.entry(broken, "image was '' but is required;"))) {
            assertThatExceptionOfType(InvalidSpecException.class)
                    .isThrownBy(() -> SpecYaml.read(e.getKey()))
                    .withMessageStartingWith("spec file " + e.getKey() + " has 1 violation:\n  " + e.getValue());
        }
    }
}

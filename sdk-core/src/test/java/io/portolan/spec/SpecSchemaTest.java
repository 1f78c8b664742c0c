package io.portolan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.portolan.error.InvalidSpecException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the reader say the same. */
class SpecSchemaTest {
    private static final String JOB = "kind: job\nname: a\nimage: b\n";
    private static final String SERVICE = "kind: service\nname: a\nimage: b\n";
    private static JsonSchema schema;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream content = SpecYaml.class.getResourceAsStream("portolan-spec.schema.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Objects.requireNonNull(content));
        }
    }

    private static boolean schemaAccepts(String document) {
        return schema.validate(document, InputFormat.YAML).isEmpty();
    }

    @Test
    void everyWrittenDocument_isValid() {
        assertThat(schema.validate(SpecYaml.write(SpecSamples.fullJob()), InputFormat.YAML))
                .isEmpty();
        assertThat(schema.validate(SpecYaml.write(SpecSamples.fullService()), InputFormat.YAML))
                .isEmpty();
        LongStream.range(0, 200).forEach(seed -> {
            String document = SpecYaml.write(SpecSamples.any(seed));
            assertThat(schema.validate(document, InputFormat.YAML)).as(document).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                JOB,
                SERVICE,
                JOB + "image2: c\n",
                JOB + "port: 1\n",
                SERVICE + "tasks: 1\n",
                "name: a\nimage: b\n",
                "kind: job\nimage: b\n",
                "kind: job\nname: a\n",
                "kind: task\nname: a\nimage: b\n",
                "kind: job\nname: 1\nimage: b\n",
                "kind: job\nname: yes\nimage: b\n",
                "kind: job\nname: A\nimage: b\n",
                "kind: job\nname: a-\nimage: b\n",
                "kind: job\nname: a\nimage: B\n",
                "kind: job\nname: a\nimage: a//b\n",
                "kind: job\nname: a\nimage: 'a:b:c'\n",
                "kind: job\nname: a\nimage: 'a@sha256:00'\n",
                "kind: job\nname: a\nimage: 'http://a'\n",
                "kind: job\nname: a\nimage: 'ghcr.io/A'\n",
                "kind: job\nname: a\nimage: 'Ghcr.io/a'\n",
                "kind: job\nname: a\nimage: 'localhost/a'\n",
                "kind: job\nname: a\nimage: 'Acme/a'\n",
                "kind: job\nname: a\nimage: '[::1]:5000/a/b:c'\n",
                "kind: job\nname: a\nimage: 'a__b/c--d:_x.y'\n",
                "kind: job\nname: a\nimage: 'a___b'\n",
                "kind: job\nname: a\nimage: 'a:5000/b'\n",
                "kind: job\nname: a\nimage: ''\n",
                JOB + "command: x\n",
                JOB + "command: []\n",
                JOB + "command: ['']\n",
                JOB + "command: [a, '']\n",
                JOB + "args: [1, true, 1.5, x]\n",
                JOB + "args: [[x]]\n",
                JOB + "args: [null]\n",
                JOB + "args:\n",
                JOB + "env: {A: 1, b.c-d: x, _: true}\n",
                JOB + "env: {1A: x}\n",
                JOB + "env: {PORT: x}\n",
                JOB + "env: {PORTS: x}\n",
                JOB + "env: {CLOUD_RUN_X: x}\n",
                JOB + "env: {K_X: x}\n",
                JOB + "env: {A: null}\n",
                JOB + "env: [A]\n",
                JOB + "env: {A: \"a\\0b\"}\n",
                JOB + "secretEnv: {A: x}\n",
                JOB + "secretEnv: {A: 1}\n",
                JOB + "secretEnv: {A: 'a b'}\n",
                JOB + "secretEnv: {A: {name: x, version: 3}}\n",
                JOB + "secretEnv: {A: {version: 3}}\n",
                JOB + "secretEnv: {A: {name: x, path: y}}\n",
                JOB + "secretFiles: {/a: x}\n",
                JOB + "secretFiles: {a: x}\n",
                JOB + "secretFiles: {/a/../b: x}\n",
                JOB + "secretFiles: {/..a/b..: x}\n",
                JOB + "volumes: [{path: /a, named: b}]\n",
                JOB + "volumes: {path: /a, named: b}\n",
                JOB + "volumes: [{named: b}]\n",
                JOB + "volumes: [{path: /a}]\n",
                JOB + "volumes: [{path: /, named: b}]\n",
                JOB + "volumes: [{path: '/a:b', named: b}]\n",
                JOB + "volumes: [{path: /a, named: b, inMemory: 1Mi}]\n",
                JOB + "volumes: [{path: /a, hostDirectory: b}]\n",
                JOB + "volumes: [{path: /a, hostDirectory: 'C:/b'}]\n",
                JOB + "volumes: [{path: /a, inMemory: 1MB}]\n",
                JOB + "volumes: [{path: /a, inMemory: 0}]\n",
                JOB + "volumes: [{path: /a, inMemory: 4096, readOnly: true}]\n",
                JOB + "volumes: [{path: /a, named: b, readOnly: 1}]\n",
                JOB + "volumes: [x]\n",
                JOB + "resources: {}\n",
                JOB + "resources: {cpu: 2}\n",
                JOB + "resources: {cpu: 0.25, memory: 1Gi}\n",
                JOB + "resources: {cpu: 250m, memory: 1024}\n",
                JOB + "resources: {cpu: 0}\n",
                JOB + "resources: {cpu: -1}\n",
                JOB + "resources: {cpu: x}\n",
                JOB + "resources: {memory: 0Mi}\n",
                JOB + "resources: {memory: 1.5Gi}\n",
                JOB + "resources: {disk: 1Gi}\n",
                JOB + "resources: {gpu: {model: nvidia-l4}}\n",
                JOB + "resources: {gpu: {model: l4}}\n",
                JOB + "resources: {gpu: {count: 1}}\n",
                JOB + "resources: {gpu: {model: nvidia-l4, count: 0}}\n",
                JOB + "resources: {ephemeralStorage: 10Gi, architecture: arm64}\n",
                JOB + "resources: {architecture: x86}\n",
                JOB + "workingDirectory: a\n",
                JOB + "user: 1000\n",
                JOB + "user: 'a b'\n",
                JOB + "user: a:b:c\n",
                JOB + "readOnlyRootFilesystem: 'true'\n",
                JOB + "initProcess: true\n",
                JOB + "stopGracePeriod: 10s\n",
                JOB + "stopGracePeriod: 10\n",
                JOB + "stopGracePeriod: PT10S\n",
                JOB + "timeout: P1DT2H\n",
                JOB + "timeout: P\n",
                JOB + "timeout: PT\n",
                JOB + "timeout: -PT1S\n",
                JOB + "timeout: 1 h\n",
                JOB + "tasks: 0\n",
                JOB + "tasks: 10000\n",
                JOB + "tasks: 10001\n",
                JOB + "tasks: '5'\n",
                JOB + "tasks: 1.5\n",
                JOB + "parallelism: 0\n",
                JOB + "parallelism: 7\n",
                JOB + "maxRetries: 10\n",
                JOB + "maxRetries: 11\n",
                JOB + "maxRetries: -1\n",
                JOB + "labels: {a: 1, b.c: ''}\n",
                JOB + "labels: {A: x}\n",
                JOB + "labels: {io.portolan.x: x}\n",
                JOB + "labels: {a: 'x y'}\n",
                JOB + "options: {local: {a: 1}, gcp: {}}\n",
                JOB + "options: {Local: {}}\n",
                JOB + "options: {local: x}\n",
                JOB + "options: {local: {a: {b: c}}}\n",
                SERVICE + "port: 8080\n",
                SERVICE + "port: 0\n",
                SERVICE + "port: 65536\n",
                SERVICE + "port: http\n",
                SERVICE + "port: {number: 1}\n",
                SERVICE + "port: {protocol: tcp}\n",
                SERVICE + "port: {number: 1, protocol: udp}\n",
                SERVICE + "port: {number: 1, protocol: tcp}\nreadiness: {http: /}\n",
                SERVICE + "port: {number: 1, protocol: tcp}\nreadiness: {tcp: true}\n",
                SERVICE + "port: {number: 1, protocol: http}\nreadiness: {http: /}\n",
                SERVICE + "scaling: 0\n",
                SERVICE + "scaling: 1000\n",
                SERVICE + "scaling: {min: 0, max: 0}\n",
                SERVICE + "scaling: {min: 0}\n",
                SERVICE + "scaling: {min: 0, max: 1001}\n",
                SERVICE + "exposure: private\n",
                SERVICE + "exposure: internal\n",
                SERVICE + "readiness: {}\n",
                SERVICE + "readiness: {tcp: false}\n",
                SERVICE + "readiness: {http: x}\n",
                SERVICE + "readiness: {http: '/a b'}\n",
                SERVICE + "readiness: {exec: []}\n",
                SERVICE + "readiness: {exec: [a], interval: 0s}\n",
                SERVICE + "readiness: {exec: [a], timeout: PT0.5S, failureThreshold: 1, startupTimeout: 5m}\n",
                SERVICE + "liveness: {http: /, failureThreshold: 0}\n",
                SERVICE + "liveness: {http: /, retries: 0}\n",
                "- kind: job\n",
                "kind\n",
            })
    void schemaAndReader_onEachDocument_agree(String document) {
        boolean readerAccepts;
        try {
            SpecYaml.read(document);
            readerAccepts = true;
        } catch (InvalidSpecException e) {
            readerAccepts = false;
        }
        assertThat(schemaAccepts(document)).as(document).isEqualTo(readerAccepts);
    }

    /** What JSON Schema cannot say; {@code docs/spec-files.md} lists it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                JOB + "timeout: 169h\n",
                JOB + "timeout: 0s\n",
                JOB + "stopGracePeriod: 1500ms\n",
                JOB + "env: {A: 1}\nsecretEnv: {A: x}\n",
                JOB + "volumes: [{path: /a, named: b}, {path: /a, named: c}]\n",
                SERVICE + "scaling: {min: 2, max: 1}\n",
            })
    void reader_onRulesBeyondTheSchema_refuses(String document) {
        assertThat(schemaAccepts(document)).isTrue();
        assertThatExceptionOfType(InvalidSpecException.class).isThrownBy(() -> SpecYaml.read(document));
    }
}

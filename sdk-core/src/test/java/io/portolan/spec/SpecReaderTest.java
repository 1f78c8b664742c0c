package io.portolan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused, and how it is said. That the schema refuses the same: {@link SpecSchemaTest}. */
class SpecReaderTest {
    private static List<String> refused(String document) {
        InvalidSpecException e = catchThrowableOfType(InvalidSpecException.class, () -> SpecYaml.read(document));
        assertThat(e).as(document).isNotNull();
        return e.violations().stream().map(Violation::toString).toList();
    }

    @Test
    void read_everythingWrong_isReportedAtOnce() {
        assertThat(refused("""
                        kind: job
                        name: Nightly
                        image: ghcr.io/Acme
                        agrs: [x]
                        env: {PORT: 1, X: [1]}
                        secretEnv: {DB: "p@ss word"}
                        volumes:
                          - {path: data, named: a, inMemory: 1Mi}
                          - {path: /x, named: "-"}
                        resources: {cpu: fast, memory: 1GB, gpu: {count: 65}}
                        tasks: "5"
                        parallelism: 0
                        maxRetries: 11
                        timeout: 30
                        readOnlyRootFilesystem: yes
                        labels: {Team: x}
                        options: {AWS: {a: b}, aws: {a: [b]}}
                        """))
                .containsExactlyInAnyOrder(
                        "name was 'Nightly' but must be 1 to 49 lower-case letters, digits or inner hyphens and start with"
                                + " a letter; write for example 'nightly-etl'",
                        "image was 'ghcr.io/Acme' but must be [registry/]repository[:tag][@digest];"
                                + " write for example 'ghcr.io/acme/etl:1.4'",
                        "agrs was '***' but is not a known field (line 4); did you mean 'args'?",
                        "env.PORT was 'PORT' but is set by the platform (PORT, CLOUD_RUN_*, K_*);"
                                + " set the port of the service instead",
                        "env.X was 'a list' but must be a single value; write it as name: value",
                        "secretEnv.DB was '***' but must be the name of a secret (letters, digits, _ . / : + = @ -),"
                                + " not its value; write for example 'report-db' or {name: report-db, version: \"3\"}",
                        "volumes[0] was '2 volumes' but must have exactly one of named, hostDirectory, inMemory;"
                                + " write for example 'named: results'",
                        "volumes[1].named was '-' but must match [a-zA-Z0-9][a-zA-Z0-9_.-]{0,62};"
                                + " write for example 'results'",
                        "resources.cpu was 'fast' but must be cores or thousandths, 1m or more;"
                                + " write for example '0.5' or '500m'",
                        "resources.memory was '1GB' but must be a whole number with Ki, Mi, Gi, Ti or nothing for bytes,"
                                + " 1 or more; write for example '512Mi'",
                        "resources.gpu.model was '' but is required; write for example 'model: nvidia-l4'",
                        "resources.gpu.count was '65' but must be 1 to 64; choose a number in this range",
                        "tasks was '5' but must be a whole number of at most 9 digits; write it without quotes",
                        "parallelism was '0 or less' but must be 1 or more; leave it out to run all tasks at once",
                        "maxRetries was '11' but must be 0 to 10; choose a number in this range",
                        "timeout was '30' but must be a duration; write for example 30m, 45s or PT30M",
                        "readOnlyRootFilesystem was 'yes' but must be true or false;"
                                + " write true or false, without quotes",
                        "labels.Team was 'Team' but must match [a-z][a-z0-9_.-]{0,62}; write for example 'team'",
                        "options.AWS was 'AWS' but must be the name of a provider; write local, aws, gcp or azure",
                        "options.aws.a was 'a list' but must be a single value; write it as name: value");
    }

    @Test
    void read_serviceWithEverythingWrong_isReportedAtOnce() {
        assertThat(refused("""
                        kind: service
                        name: web
                        image: acme/web
                        tasks: 3
                        port: {number: 70000, protocol: udp}
                        scaling: {min: 3, max: 2}
                        exposure: everyone
                        readiness: {http: healthz, tcp: true, interval: 0s, failureThreshold: 0}
                        liveness: {exec: [], timeout: PT0S, retries: 3}
                        """))
                .containsExactlyInAnyOrder(
                        "tasks was '***' but is not a known field (line 4); use one of kind, name, port, scaling, exposure,"
                                + " readiness, liveness, image, command, args, env, secretEnv, secretFiles, volumes,"
                                + " resources, workingDirectory, user, readOnlyRootFilesystem, initProcess,"
                                + " stopGracePeriod, labels, options",
                        "port.protocol was 'udp' but must be one of http, tcp; use one of http, tcp",
                        "port.number was '70000' but must be 1 to 65535; write for example 8080",
                        "scaling was '3 to 2' but must be 0 <= min <= max, 1 <= max <= 1000;"
                                + " write for example 'scaling: 2' or 'scaling: {min: 1, max: 4}'",
                        "exposure was 'everyone' but must be one of internal, public; use one of internal, public",
                        "readiness was 'other' but must have exactly one of http, tcp, exec;"
                                + " write 'http: /healthz', 'tcp: true' or 'exec: [\"/bin/check\"]'",
                        "readiness.http was 'healthz' but must start with / and be printable ASCII;"
                                + " write for example /healthz",
                        "readiness.interval was 'PT0S' but must be positive; write for example 1s",
                        "readiness.failureThreshold was '0' but must be 1 or more; 3 is usual",
                        "liveness.exec was '[]' but must name a program; write for example [\"/bin/check\"]",
                        "liveness.timeout was 'PT0S' but must be positive; write for example 1s",
                        "liveness.retries was '***' but is not a known field (line 9); use one of http, tcp, exec,"
                                + " interval, timeout, failureThreshold, startupTimeout");
    }

    @Test
    void read_withoutKind_findsWhatElseIsWrong() {
        assertThat(refused("nmae: a\ntasks: x\nport: y\n"))
                .containsExactlyInAnyOrder(
                        "kind was '' but is required; write 'kind: job' or 'kind: service'",
                        "name was '' but is required; write for example 'name: nightly-etl'",
                        "nmae was '***' but is not a known field (line 1); did you mean 'name'?",
                        "image was '' but is required; write for example 'image: ghcr.io/acme/etl:1.4'",
                        "tasks was 'x' but must be a whole number of at most 9 digits; write it without quotes",
                        "port was 'y' but must be a whole number of at most 9 digits; write it without quotes");
        assertThat(refused("kind: cronjob\nname: a\nimage: b\n"))
                .containsExactly("kind was 'cronjob' but must be one of job, service; use one of job, service");
    }

    @Test
    void read_noMapping_isRefused() {
        assertThat(refused(""))
                .containsExactly(
                        "document was 'nothing' but must be a mapping; begin with 'kind: job' or 'kind: service'");
        assertThat(refused("- kind: job"))
                .containsExactly(
                        "document was 'a list' but must be a mapping; begin with 'kind: job' or 'kind: service'");
    }

    @Test
    void read_nameTwice_isRefused() {
        assertThat(refused("kind: job\nname: a\nimage: b\nenv: {X: 1, X: 2}\n"))
                .containsExactly("env.X was '***' but must stand once; it stands in line 4 as well (line 4);"
                        + " remove one of the two");
    }

    @Test
    void read_dangerousDocument_isRefused() {
        assertThat(refused("kind: job\nname: a\nimage: !!java.io.File [/etc/passwd]\n"))
                .isNotEmpty();
        assertThat(refused("kind: job\nname: a\nimage: b\nargs: &x [1]\ncommand: *x\n"))
                .singleElement()
                .asString()
                .contains("no aliases");
    }

    @Test
    void read_rulesAcrossFields_areKept() {
        String start = "kind: service\nname: a\nimage: b\n";
        assertThat(refused(start + "port: {number: 1, protocol: tcp}\nreadiness: {http: /}\n"))
                .containsExactly("readiness.http was 'http' but must fit the protocol of the port, which is TCP;"
                        + " write 'tcp: true' instead");
        assertThat(refused(start + "env: {X: 1}\nsecretEnv: {X: y}\n"))
                .containsExactly("secretEnv.X was 'X' but must not be in env as well; keep one of the two");
        assertThat(refused(start + "volumes: [{path: /a, named: x}, {path: /a, named: y}]\n"))
                .containsExactly("volumes[1].path was '/a' but must be mounted once; choose another path");
        assertThat(refused(start + "stopGracePeriod: 1500ms\n"))
                .containsExactly("stopGracePeriod was 'PT1.5S' but must be 0 to 1 hour in whole seconds;"
                        + " write for example PT10S");
    }
}

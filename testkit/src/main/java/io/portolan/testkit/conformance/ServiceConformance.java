package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.portability.Capability;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Exposure;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services: what they answer, how many replicas they have, how they are found. */
@Needs(Capability.SERVICES)
@DisplayName("Services")
public abstract class ServiceConformance extends Conformance {
    private final HttpProbe http = new HttpProbe();

    /** For subclasses. */
    protected ServiceConformance() {}

    private URI deployed(ServiceSpec spec) {
        return deploy(spec).endpoint().orElseThrow(() -> new AssertionError("no endpoint"));
    }

    @Nested
    @DisplayName("A deployed service")
    class Deployed {
        @ParameterizedTest(name = "as a future: {0}")
        @ValueSource(booleans = {false, true})
        @DisplayName("is ready, serves its first revision, and answers at its endpoint")
        void service_deployed_answers(boolean asFuture) {
            ServiceSpec spec = service(TestProgram.HttpEcho.now()).build();

            ServiceStatus status = asFuture
                    ? cloud().services()
                            .deploy(spec)
                            .ready()
                            .orTimeout(limit().toMillis(), TimeUnit.MILLISECONDS)
                            .join()
                    : deploy(spec);

            assertThat(status.ready()).isTrue();
            assertThat(status.name()).isEqualTo(spec.name());
            assertThat(status.serving()).map(RevisionStatus::state).contains(RevisionStatus.State.SERVING);
            assertThat(status.replicas()).hasSize(1).allMatch(ReplicaStatus::ready);
            assertThat(http.get(status.endpoint().orElseThrow())).contains("MARK=one");
        }

        @Test
        @DisplayName("learns its port from PORT")
        void port_ofTheSpec_isInPort() {
            URI uri = deployed(
                    service(TestProgram.HttpEcho.now()).port(Port.http(9123)).build());

            assertThat(http.get(uri)).contains("PORT=9123");
        }

        @Test
        @DisplayName("is described and listed until it is deleted; then its name is free")
        void service_untilDeleted_isListed() {
            ServiceSpec spec = service(TestProgram.HttpEcho.now()).build();
            URI uri = deployed(spec);

            assertThat(cloud().services().list()).containsExactly(spec.name());
            assertThat(anotherCloud().services().status(spec.name()))
                    .hasValueSatisfying(s -> assertThat(s.endpoint()).contains(uri));
            cloud().services().delete(spec.name());
            cloud().services().delete(spec.name());

            assertThat(cloud().services().list()).isEmpty();
            assertThat(cloud().services().status(spec.name())).isEmpty();
            assertThat(cloud().list()).isEmpty();
            assertThat(deploy(spec).ready()).isTrue();
        }

        @Test
        @DisplayName("that is deployed again unchanged is left alone")
        void service_deployedAgain_isLeftAlone() {
            ServiceSpec spec = service(TestProgram.HttpEcho.now()).build();
            ServiceStatus first = deploy(spec);

            ServiceStatus second = anotherCloud().services().deploy(spec).awaitReady(limit());

            assertThat(second.revisions()).isEqualTo(first.revisions());
            assertThat(second.replicas()).extracting(ReplicaStatus::name).isEqualTo(names(first));
        }

        @Test
        @DisplayName("of another application is another service, under the same name")
        void service_ofAnotherApplication_isAnother() {
            ServiceSpec spec = service(TestProgram.HttpEcho.now()).build();
            deploy(spec);
            io.portolan.Cloud other = cloudOfAnotherApplication();

            assertThat(other.services().list()).isEmpty();
            assertThat(other.services().status(spec.name())).isEmpty();
            other.services().delete(spec.name());
            assertThat(cloud().services().list()).containsExactly(spec.name());
        }

        @Test
        @DisplayName("that is internal has no endpoint outside")
        void service_internal_hasNoEndpoint() {
            ServiceStatus status = deploy(service(TestProgram.HttpEcho.now())
                    .exposure(Exposure.INTERNAL)
                    .build());

            assertThat(status.ready()).isTrue();
            assertThat(status.endpoint()).isEmpty();
        }

        @Test
        @Needs(value = Capability.SERVICE_DISCOVERY, tellsALack = false)
        @DisplayName("is reached by others of its application by its name")
        void service_byItsName_isReached() {
            ServiceStatus status = deploy(service(TestProgram.HttpEcho.now())
                    .exposure(Exposure.INTERNAL)
                    .build());

            List<String> lines = output(job(new TestProgram.HttpGet("http://" + status.internalAddress() + "/")));

            assertThat(status.internalAddress()).isEqualTo(status.name() + ":8080");
            assertThat(lines).contains("MARK=one");
        }
    }

    @Nested
    @DisplayName("Replicas")
    class Replicas {
        @Test
        @DisplayName("are as many as the spec says, and all of them answer")
        void replicas_ofTheSpec_allAnswer() {
            URI uri = deployed(service(TestProgram.HttpEcho.now())
                    .scaling(Scaling.fixed(3))
                    .build());

            assertThat(answering(uri, 3)).hasSize(3);
        }

        @Test
        @Needs(Capability.SERVICE_SCALE)
        @DisplayName("become more and fewer when the service is scaled, without a new revision")
        void replicas_scaled_becomeAsManyAsAskedFor() {
            ServiceSpec spec = service(TestProgram.HttpEcho.now()).build();
            URI uri = deployed(spec);

            ServiceStatus more = cloud().services().scale(spec.name(), 3).awaitReady(limit());
            assertThat(more.replicas()).hasSize(3).allMatch(ReplicaStatus::ready);
            assertThat(answering(uri, 3)).hasSize(3);

            ServiceStatus fewer = cloud().services().scale(spec.name(), 1).awaitReady(limit());
            assertThat(fewer.replicas()).hasSize(1);
            assertThat(fewer.revisions()).hasSize(1);
            assertThat(fewer.endpoint()).contains(uri);
            assertThat(http.get(uri)).contains("MARK=one");
        }

        @Test
        @Needs(Capability.SERVICE_SCALE)
        @DisplayName("of a service that is not there cannot be scaled")
        void replicas_ofAnUnknownService_areNotFound() {
            PortolanException thrown = catchThrowableOfType(
                    PortolanException.class,
                    () -> cloud().services().scale("nobody", 2).awaitReady(limit()));

            assertThat(thrown).isNotNull();
            assertThat(thrown.code()).isEqualTo(ErrorCode.NOT_FOUND);
        }

        @Test
        @Needs(value = Capability.AUTOSCALING, tellsALack = false)
        @DisplayName("between two numbers are at least the lower and at most the higher")
        void replicas_autoscaled_areInRange() {
            ServiceStatus status = deploy(service(TestProgram.HttpEcho.now())
                    .scaling(Scaling.between(1, 3))
                    .build());

            assertThat(status.replicas()).hasSizeBetween(1, 3);
        }

        @Test
        @Needs(value = Capability.SCALE_TO_ZERO, tellsALack = false)
        @DisplayName("may be none, and the first request gets an answer")
        void replicas_none_answerTheFirstRequest() {
            URI uri = deployed(service(TestProgram.HttpEcho.now())
                    .scaling(Scaling.between(0, 1))
                    .build());

            eventually().untilAsserted(() -> assertThat(http.get(uri)).contains("MARK=one"));
        }

        private Set<String> answering(URI uri, int expected) {
            Set<String> seen = new HashSet<>();
            eventually().until(() -> {
                http.get(uri).lines().filter(l -> l.startsWith("REPLICA=")).forEach(seen::add);
                return seen.size() >= expected;
            });
            return seen;
        }
    }

    @Nested
    @DisplayName("Probes")
    class Probes {
        @Test
        @DisplayName("hold traffic back until a slow replica listens")
        void readiness_ofASlowReplica_isAwaited() {
            URI uri = deployed(service(new TestProgram.HttpEcho(paces(2)))
                    .readiness(Probe.http("/"))
                    .build());

            assertThat(http.get(uri)).contains("MARK=one");
        }

        @Test
        @Needs(Capability.LIVENESS_PROBE)
        @DisplayName("of liveness replace a replica that is broken")
        void liveness_failing_replacesTheReplica() {
            ServiceSpec spec = service(TestProgram.HttpEcho.now())
                    .liveness(Probe.http(TestProgram.HttpEcho.ALIVE)
                            .interval(paces(1))
                            .failureThreshold(2))
                    .build();
            ServiceStatus before = deploy(spec);
            URI uri = before.endpoint().orElseThrow();

            http.get(uri.resolve(TestProgram.HttpEcho.BREAK));

            eventually().untilAsserted(() -> {
                ServiceStatus now = cloud().services().status(spec.name()).orElseThrow();
                assertThat(now.ready()).isTrue();
                assertThat(http.status(uri.resolve(TestProgram.HttpEcho.ALIVE))).isEqualTo(200);
            });
        }

        @Test
        @Needs(value = Capability.EXEC_PROBE, tellsALack = false)
        @DisplayName("that run a command pass with exit code 0")
        void execProbe_passing_makesReady() {
            assertThat(deploy(service(TestProgram.HttpEcho.now())
                                    .readiness(Probe.exec("/bin/true"))
                                    .build())
                            .ready())
                    .isTrue();
        }
    }

    private static List<String> names(ServiceStatus status) {
        return status.replicas().stream().map(ReplicaStatus::name).toList();
    }
}

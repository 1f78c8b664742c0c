package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.portability.Capability;
import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import io.portolan.run.ServiceDeployment;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How services change: no downtime, no harm by a bad revision, and back again. */
@Needs(Capability.SERVICES)
@DisplayName("Service updates")
public abstract class UpdateConformance extends Conformance {
    private final HttpProbe http = new HttpProbe();
    private ServiceSpec one = ServiceSpec.builder("unset").image("unset").build();

    /** For subclasses. */
    protected UpdateConformance() {}

    @BeforeEach
    final void specs() {
        one = service(TestProgram.HttpEcho.now()).build();
    }

    private ServiceSpec two() {
        return one.toBuilder().env("MARK", "two").build();
    }

    private ServiceSpec broken() {
        return harness()
                .programs()
                .into(one.toBuilder().env("MARK", "broken"), new TestProgram.Exit(7))
                .build();
    }

    private URI deployOne() {
        return deploy(one).endpoint().orElseThrow();
    }

    private static PortolanException failureOf(ServiceDeployment deployment, Duration limit) {
        PortolanException failed = catchThrowableOfType(PortolanException.class, () -> deployment.awaitReady(limit));
        assertThat(failed).as("the deployment fails").isNotNull();
        return failed;
    }

    @Nested
    @DisplayName("A changed spec")
    class Changed {
        @Test
        @DisplayName("makes a new revision at the same endpoint, and retires the old one")
        void spec_changed_makesANewRevision() {
            URI uri = deployOne();

            ServiceStatus status = deploy(two());

            assertThat(status.endpoint()).contains(uri);
            assertThat(status.revisions())
                    .extracting(RevisionStatus::state)
                    .containsExactly(State.SERVING, State.RETIRED);
            assertThat(status.revisions().get(0).number())
                    .isGreaterThan(status.revisions().get(1).number());
            assertThat(http.get(uri)).contains("MARK=two");
        }

        @Test
        @Needs(value = Capability.ZERO_DOWNTIME_UPDATE, tellsALack = false)
        @DisplayName("is rolled out while every request is answered")
        void spec_changedUnderLoad_loosesNoRequest() throws InterruptedException {
            one = one.toBuilder().scaling(Scaling.fixed(2)).build();
            URI uri = deployOne();

            try (HttpLoad load = HttpLoad.start(uri, 4)) {
                load.awaitAnswers(20, limit());
                deploy(two());
                load.awaitAnswersWith("MARK=two", 20, limit());
                load.stop();

                assertThat(load.failures()).isEmpty();
                assertThat(load.staleAnswersAfterUpdate("MARK=one", "MARK=two")).isZero();
            }
        }
    }

    @Nested
    @DisplayName("A revision that does not become ready")
    class Bad {
        @Test
        @DisplayName("fails the deployment with the reason, and the old one serves on")
        void revision_thatEnds_leavesTheOldServing() {
            URI uri = deployOne();

            PortolanException failed = failureOf(cloud().services().deploy(broken()), limit());

            assertThat(failed.code()).isEqualTo(ErrorCode.FAILED);
            assertThat(failed.getMessage()).contains("7");
            assertThat(http.get(uri)).contains("MARK=one");
            ServiceStatus status = cloud().services().status(one.name()).orElseThrow();
            assertThat(status.ready()).isTrue();
            assertThat(status.replicas()).hasSize(1);
        }

        @Test
        @DisplayName("because its probe never passes fails once its startup time is over")
        void revision_neverReady_failsAfterItsStartupTime() {
            URI uri = deployOne();
            ServiceSpec deaf = harness()
                    .programs()
                    .into(one.toBuilder(), new TestProgram.Sleep(Duration.ofMinutes(30)))
                    .readiness(Probe.tcp().startupTimeout(Duration.ofSeconds(2)))
                    .build();

            PortolanException failed = failureOf(cloud().services().deploy(deaf), limit());

            assertThat(failed.code()).isEqualTo(ErrorCode.FAILED);
            assertThat(http.get(uri)).contains("MARK=one");
        }

        @Test
        @DisplayName("as the first one leaves no service that serves, and the next one may work")
        void revision_firstAndBad_canBeMended() {
            failureOf(cloud().services().deploy(broken()), limit());

            assertThat(cloud().services().status(one.name()).flatMap(ServiceStatus::serving))
                    .isEmpty();
            assertThat(http.get(deployOne())).contains("MARK=one");
        }

        @Test
        @DisplayName("for want of its image says so")
        void revision_withoutItsImage_saysSo() {
            ServiceSpec missing = harness()
                    .programs()
                    .into(one.toBuilder(), new TestProgram.MissingImage())
                    .build();

            PortolanException failed = failureOf(cloud().services().deploy(missing), limit());

            assertThat(failed.code()).isIn(ErrorCode.FAILED, ErrorCode.NOT_FOUND);
            assertThat(failed.getMessage()).contains(missing.container().image().repository());
        }
    }

    @Nested
    @Needs(Capability.SERVICE_ROLLBACK)
    @DisplayName("Rolling back")
    class Rollback {
        @Test
        @DisplayName("lets the revision before serve again, at the same endpoint")
        void rollback_always_servesTheOneBefore() {
            URI uri = deployOne();
            String hash = serving().specHash();
            deploy(two());

            ServiceStatus status = cloud().services().rollback(one.name()).awaitReady(limit());

            assertThat(status.endpoint()).contains(uri);
            assertThat(status.serving()).map(RevisionStatus::specHash).contains(hash);
            assertThat(http.get(uri)).contains("MARK=one");
        }

        @Test
        @DisplayName("goes to the revision that is named")
        void rollback_toANumber_servesThatOne() {
            URI uri = deployOne();
            int first = serving().number();
            deploy(two());
            deploy(one.toBuilder().env("MARK", "three").build());

            cloud().services().rollback(one.name(), first).awaitReady(limit());

            assertThat(http.get(uri)).contains("MARK=one");
        }

        @Test
        @DisplayName("to what never was, or never was good, is not found and changes nothing")
        void rollback_toNothing_isNotFound() {
            URI uri = deployOne();

            assertThat(failureOf(cloud().services().rollback(one.name(), 99), limit())
                            .code())
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failureOf(cloud().services().rollback(one.name()), limit())
                            .code())
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(http.get(uri)).contains("MARK=one");
        }

        private RevisionStatus serving() {
            return cloud().services()
                    .status(one.name())
                    .flatMap(ServiceStatus::serving)
                    .orElseThrow();
        }
    }
}

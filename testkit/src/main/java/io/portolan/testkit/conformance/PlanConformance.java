package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.Cloud;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.UnsupportedSpecException;
import io.portolan.plan.DeploymentPlan;
import io.portolan.plan.NativeRequest;
import io.portolan.portability.Capability;
import io.portolan.portability.Finding;
import io.portolan.portability.PortabilityReport;
import io.portolan.run.JobResult;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SecretRef;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.WorkloadSpec;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Plans and portability reports say what will happen, and that happens. */
@DisplayName("Plans")
public abstract class PlanConformance extends Conformance {
    /** For subclasses. */
    protected PlanConformance() {}

    private static PortolanException thrown(Runnable call) {
        PortolanException thrown = catchThrowableOfType(PortolanException.class, call::run);
        assertThat(thrown).as("a PortolanException").isNotNull();
        return thrown;
    }

    @Nested
    @Needs(Capability.JOBS)
    @DisplayName("A plan of a job")
    class OfAJob {
        @Test
        @Needs(value = Capability.JOBS, tellsALack = false)
        @DisplayName("has the native requests, and is made where nobody can be asked too")
        void plan_ofAJob_needsNobody() {
            JobSpec spec = job(TestProgram.Print.of("planned"))
                    .env("GREETING", "hello")
                    .build();

            DeploymentPlan plan = unreachableCloud().plan(spec);

            assertThat(plan.provider()).isEqualTo(harness().provider().id());
            assertThat(plan.spec()).isEqualTo(spec);
            assertThat(plan.hasChanges()).isTrue();
            assertThat(plan.requests()).isNotEmpty();
            assertThat(plan.requests()).extracting(NativeRequest::body).anyMatch(b -> b.contains("GREETING"));
            assertThat(plan.render()).contains(spec.name());
        }

        @Test
        @DisplayName("is the same for the same spec")
        void plan_madeTwice_isTheSame() {
            JobSpec spec = job(new TestProgram.Exit(0)).build();

            assertThat(cloud().plan(spec)).isEqualTo(anotherCloud().plan(spec));
        }

        @Test
        @DisplayName("can be applied, and that runs the job")
        void plan_applied_runsTheJob() {
            DeploymentPlan plan =
                    cloud().jobs().plan(job(new TestProgram.Exit(0)).build());

            JobResult result = cloud().jobs().apply(plan, newId()).await(limit());

            assertThat(result.isSucceeded()).isTrue();
        }

        @Test
        @Needs(Capability.SECRET_ENV)
        @DisplayName("shows the names of secrets and never their values")
        void plan_withASecret_hidesIt() {
            secret("tk-plan", "s3cr3t-value");
            JobSpec spec = job(new TestProgram.Exit(0))
                    .secretEnv("TOKEN", SecretRef.named("tk-plan"))
                    .build();

            DeploymentPlan plan = cloud().plan(spec);

            assertThat(plan.requests()).extracting(NativeRequest::body).anyMatch(b -> b.contains("TOKEN"));
            assertThat(plan.render() + plan).doesNotContain("s3cr3t-value");
        }
    }

    @Nested
    @Needs(Capability.SERVICES)
    @DisplayName("A plan of a service")
    class OfAService {
        @Test
        @DisplayName("of a new one has changes and requests; applied, it serves; planned again, nothing is left to do")
        void plan_applied_leavesNothingToDo() {
            ServiceSpec spec = service(TestProgram.HttpEcho.now()).build();
            DeploymentPlan plan = cloud().plan(spec);
            assertThat(plan.hasChanges()).isTrue();
            assertThat(plan.requests()).isNotEmpty();

            ServiceStatus status = cloud().services().apply(plan).awaitReady(limit());

            assertThat(status.ready()).isTrue();
            DeploymentPlan again = anotherCloud().plan(spec);
            assertThat(again.hasChanges()).isFalse();
            assertThat(again.requests()).isEmpty();
            assertThat(cloud().services().apply(again).awaitReady(limit()).revisions())
                    .hasSize(1);
        }

        @Test
        @DisplayName("of a changed one names what changes, and changes nothing by itself")
        void plan_ofAChange_namesIt() {
            ServiceSpec spec = service(TestProgram.HttpEcho.now()).build();
            deploy(spec);

            DeploymentPlan plan =
                    cloud().plan(spec.toBuilder().env("MARK", "two").build());

            assertThat(plan.changes()).anyMatch(c -> c.path().contains("MARK"));
            assertThat(cloud().services().status(spec.name()).orElseThrow().revisions())
                    .hasSize(1);
        }

        @Test
        @DisplayName("that is stale is refused, and what is deployed stays")
        void plan_stale_isRefused() {
            ServiceSpec spec = service(TestProgram.HttpEcho.now()).build();
            deploy(spec);
            DeploymentPlan stale =
                    cloud().plan(spec.toBuilder().env("MARK", "two").build());
            deploy(spec.toBuilder().env("MARK", "three").build());

            PortolanException refused =
                    thrown(() -> cloud().services().apply(stale).awaitReady(limit()));

            assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(cloud().services().status(spec.name()).orElseThrow().revisions())
                    .hasSize(2);
        }

        @Test
        @DisplayName("cannot be applied as a job, nor one of a job as a service")
        void plan_ofTheOtherKind_isRefused() {
            DeploymentPlan ofService =
                    cloud().plan(service(TestProgram.HttpEcho.now()).build());
            DeploymentPlan ofJob = cloud().plan(job(new TestProgram.Exit(0)).build());

            assertThat(thrown(() -> cloud().jobs().apply(ofService, newId())).code())
                    .isEqualTo(ErrorCode.INVALID_ARGUMENT);
            assertThat(thrown(() -> cloud().services().apply(ofJob)).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
    }

    @Nested
    @DisplayName("A portability report")
    class Portability {
        @Test
        @DisplayName("is made without a remote call, and agrees with the capabilities and with the plan")
        void report_ofEachCapability_agrees() {
            CapabilityRefusal examples = new CapabilityRefusal(PlanConformance.this);
            Cloud away = unreachableCloud();
            for (Capability capability : Capability.values()) {
                examples.example(capability).ifPresent(spec -> reportAgrees(away, capability, spec));
            }
        }

        private void reportAgrees(Cloud away, Capability capability, WorkloadSpec spec) {
            OptionalLong before = harness().remoteCalls();

            PortabilityReport report = away.portability(spec);

            assertThat(harness().remoteCalls()).isEqualTo(before);
            assertThat(report.providers()).containsExactly(away.provider());
            assertThat(report.findings()).allSatisfy(f -> {
                assertThat(f.provider()).isEqualTo(away.provider());
                assertThat(f.message()).isNotBlank();
            });
            if (!away.capabilities().has(capability)) {
                assertThat(report.isPortable()).isFalse();
            }
            planAgrees(away, spec, report);
        }

        private void planAgrees(Cloud away, WorkloadSpec spec, PortabilityReport report) {
            if (!report.isPortable()) {
                UnsupportedSpecException refused =
                        catchThrowableOfType(UnsupportedSpecException.class, () -> away.plan(spec));
                assertThat(refused).as("a plan of a rejected spec is refused").isNotNull();
                report.findings().stream()
                        .filter(f -> f.kind() == Finding.Kind.REJECTED)
                        .forEach(f -> assertThat(refused.getMessage()).contains(f.field()));
            } else if (spec instanceof JobSpec) {
                assertThat(away.plan(spec).findings()).isEqualTo(report.findings());
            } else {
                // What is deployed has to be looked at, and nobody answers: the spec itself was not refused.
                assertThat(thrown(() -> away.plan(spec)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
        }
    }
}

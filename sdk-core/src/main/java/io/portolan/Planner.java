package io.portolan;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.internal.call.Operation;
import io.portolan.internal.call.Traffic;
import io.portolan.internal.plan.SpecChanges;
import io.portolan.plan.Change;
import io.portolan.plan.DeploymentPlan;
import io.portolan.portability.Capability;
import io.portolan.portability.Finding;
import io.portolan.run.RevisionStatus;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spec.WorkloadSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes plans and checks that they still hold. Reads only. */
final class Planner {
    private static final Logger LOG = LoggerFactory.getLogger(Planner.class);

    /** The platform did not hear the question. */
    private static final Set<ErrorCode> UNHEARD =
            EnumSet.of(ErrorCode.UNAVAILABLE, ErrorCode.TIMEOUT, ErrorCode.THROTTLED, ErrorCode.UNAUTHENTICATED);

    private final Connection connection;

    Planner(Connection connection) {
        this.connection = connection;
    }

    DeploymentPlan job(JobSpec spec) {
        List<Change> changes = List.of(new Change(
                Change.Kind.CREATE,
                "execution of " + spec.name(),
                "",
                spec.tasks() + (spec.tasks() == 1 ? " task" : " tasks")));
        return plan(spec, changes, "job " + SpecYaml.hash(spec));
    }

    DeploymentPlan service(ServiceSpec spec) {
        connection.require(Capability.SERVICES, "services.plan");
        List<Finding> findings = connection.requireSupported(spec);
        Optional<RevisionStatus> serving = serving(spec.name());
        Optional<String> document = serving.flatMap(r ->
                read(() -> connection.driver().services().document(spec.name(), r.number()), spec.name()));
        List<Change> changes = SpecChanges.between(document.orElse(null), spec);
        if (!changes.isEmpty()) {
            validate(spec);
        }
        return new DeploymentPlan(
                connection.provider().id(),
                spec,
                changes,
                changes.isEmpty() ? List.of() : connection.provider().requests(spec, connection.section()),
                findings,
                baseline(serving.orElse(null)));
    }

    private DeploymentPlan plan(WorkloadSpec spec, List<Change> changes, String baseline) {
        List<Finding> findings = connection.requireSupported(spec);
        validate(spec);
        return new DeploymentPlan(
                connection.provider().id(),
                spec,
                changes,
                connection.provider().requests(spec, connection.section()),
                findings,
                baseline);
    }

    /** Asks the platform too, where it can be asked. A plan is also made without it, so nothing is tried again for its sake. */
    private void validate(WorkloadSpec spec) {
        try {
            connection.driver().validate(spec);
        } catch (PortolanException e) {
            if (!UNHEARD.contains(e.code())) {
                throw e;
            }
            LOG.info("the plan of '{}' is made without the platform's own check: {}", spec.name(), e.getMessage());
        }
    }

    JobSpec requireJob(DeploymentPlan plan) {
        requireProvider(plan);
        if (plan.spec() instanceof JobSpec job) {
            return job;
        }
        throw invalid(plan, "is of a service; apply it with services().apply");
    }

    ServiceSpec requireFreshService(DeploymentPlan plan) {
        requireProvider(plan);
        if (!(plan.spec() instanceof ServiceSpec service)) {
            throw invalid(plan, "is of a job; apply it with jobs().apply");
        }
        String now = baseline(serving(service.name()).orElse(null));
        if (!now.equals(plan.baseline())) {
            throw PortolanException.builder(
                            ErrorCode.CONFLICT,
                            "the plan of service '" + service.name() + "' is stale: it was made for " + plan.baseline()
                                    + ", now there is " + now + "; plan again")
                    .operation("services.apply")
                    .resource(service.name())
                    .build();
        }
        return service;
    }

    private void requireProvider(DeploymentPlan plan) {
        if (!plan.provider().equals(connection.provider().id())) {
            throw invalid(
                    plan,
                    "is for provider '" + plan.provider() + "', this cloud is '"
                            + connection.provider().id() + "'; plan again here");
        }
    }

    private static PortolanException invalid(DeploymentPlan plan, String rule) {
        return PortolanException.builder(
                        ErrorCode.INVALID_ARGUMENT,
                        "the plan of '" + plan.spec().name() + "' " + rule)
                .operation("apply")
                .resource(plan.spec().name())
                .build();
    }

    private Optional<RevisionStatus> serving(String service) {
        return read(() -> connection.driver().services().describe(service), service)
                .flatMap(s -> s.serving());
    }

    private <T> T read(java.util.function.Supplier<T> call, String service) {
        return connection.caller().call(Traffic.STATUS, Operation.idempotent("services.plan", service), call);
    }

    private static String baseline(@Nullable RevisionStatus serving) {
        return serving == null
                ? "no serving revision"
                : "revision " + serving.number() + " with hash " + serving.specHash();
    }
}

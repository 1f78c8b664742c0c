package io.portolan;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.UnsupportedSpecException;
import io.portolan.internal.call.Operation;
import io.portolan.internal.call.Traffic;
import io.portolan.internal.log.LogTarget;
import io.portolan.internal.service.Deployments;
import io.portolan.plan.DeploymentPlan;
import io.portolan.portability.Capability;
import io.portolan.run.LogCursor;
import io.portolan.run.LogFollower;
import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import io.portolan.run.RevisionStatus;
import io.portolan.run.ServiceDeployment;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.LogPage;
import io.portolan.spi.ServiceDriver;
import io.portolan.spi.ServiceDriver.ServiceRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs services. Thread-safe. Part of a {@link Cloud}, which closes it. */
public final class Services {
    private final Connection connection;
    private final Deployments deployments;

    Services(Connection connection, Deployments deployments) {
        this.connection = connection;
        this.deployments = deployments;
    }

    /**
     * Deploys a service: makes a new revision, waits for it to be ready, shifts traffic to it. If it does not become ready, the last good
     * revision serves on. A spec that already serves is left alone. Returns at once; the handle tells the rest.
     *
     * @param spec the service
     * @return the handle
     * @throws UnsupportedSpecException if this provider cannot run the spec; nothing was sent
     */
    public ServiceDeployment deploy(ServiceSpec spec) {
        Objects.requireNonNull(spec, "spec");
        connection.requireSupported(spec);
        ServiceRequest request = new ServiceRequest(spec, SpecYaml.hash(spec), SpecYaml.write(spec));
        return change(spec.name(), "services.deploy", driver -> driver.deploy(request));
    }

    /**
     * A service as it is now.
     *
     * @param name the service
     * @return empty if there is none
     */
    public Optional<ServiceStatus> status(String name) {
        return read("services.status", name, driver -> driver.describe(name));
    }

    /**
     * The services of the application.
     *
     * @return their names, sorted
     */
    public List<String> list() {
        return read("services.list", null, ServiceDriver::services);
    }

    /**
     * Changes the number of replicas of the serving revision. The next deployment of the spec sets what the spec says.
     *
     * @param name the service
     * @param replicas 1 to 1000
     * @return the handle
     * @throws PortolanException INVALID_ARGUMENT if the number is out of range, UNSUPPORTED if the provider cannot
     */
    public ServiceDeployment scale(String name, int replicas) {
        connection.require(Capability.SERVICE_SCALE, "services.scale");
        int fewest = connection.capabilities().has(Capability.SCALE_TO_ZERO) ? 0 : 1;
        if (replicas < fewest || replicas > io.portolan.spec.Scaling.MAX_REPLICAS) {
            throw PortolanException.builder(
                            ErrorCode.INVALID_ARGUMENT,
                            "replicas was '" + replicas + "' but must be " + fewest + " to "
                                    + io.portolan.spec.Scaling.MAX_REPLICAS + "; delete the service to stop it")
                    .operation("services.scale")
                    .resource(name)
                    .build();
        }
        return change(name, "services.scale", driver -> driver.scale(name, replicas));
    }

    /**
     * Goes back to the good revision before the serving one.
     *
     * @param name the service
     * @return the handle
     * @throws PortolanException NOT_FOUND if there is no such revision
     */
    public ServiceDeployment rollback(String name) {
        connection.require(Capability.SERVICE_ROLLBACK, "services.rollback");
        return change(name, "services.rollback", driver -> driver.rollback(name, before(driver, name)));
    }

    /**
     * Goes back to one revision.
     *
     * @param name the service
     * @param revision its number
     * @return the handle
     * @throws PortolanException NOT_FOUND if there is no such revision
     */
    public ServiceDeployment rollback(String name, int revision) {
        connection.require(Capability.SERVICE_ROLLBACK, "services.rollback");
        return change(name, "services.rollback", driver -> driver.rollback(name, revision));
    }

    private static int before(ServiceDriver driver, String name) {
        ServiceStatus status = driver.describe(name)
                .orElseThrow(() -> new PortolanException(
                        ErrorCode.NOT_FOUND, "service '" + name + "' does not exist; deploy it first"));
        int serving = status.serving().map(RevisionStatus::number).orElse(Integer.MAX_VALUE);
        return status.revisions().stream()
                .filter(r -> r.state() == RevisionStatus.State.RETIRED && r.number() < serving)
                .mapToInt(RevisionStatus::number)
                .max()
                .orElseThrow(() -> new PortolanException(
                        ErrorCode.NOT_FOUND,
                        "service '" + name
                                + "' has no good revision before the serving one; deploy the spec that you want"));
    }

    /**
     * Follows the log lines of all replicas of all revisions, from the first line that the provider keeps on, until it is closed.
     *
     * @param name the service
     * @param consumer called on one thread of the SDK, one line at a time
     * @return close it to stop
     */
    public LogFollower followLogs(String name, Consumer<LogLine> consumer) {
        return followLogs(name, LogCursor.START, consumer);
    }

    /**
     * Follows from a cursor on.
     *
     * @param name the service
     * @param from what {@link LogFollower#cursor()} gave earlier
     * @param consumer as above
     * @return close it to stop
     */
    public LogFollower followLogs(String name, LogCursor from, Consumer<LogLine> consumer) {
        connection.require(Capability.LOG_FOLLOW, "services.followLogs");
        return connection
                .logEngine()
                .follow(new Logs(name), Objects.requireNonNull(from), Objects.requireNonNull(consumer));
    }

    /**
     * What {@link #deploy} would do. Makes nothing; a platform that can be asked whether it would take the spec (Cloud Run) is asked, once.
     *
     * @param spec the service
     * @return the plan
     * @throws UnsupportedSpecException if this provider cannot run the spec
     */
    public DeploymentPlan plan(ServiceSpec spec) {
        return connection.planner().service(spec);
    }

    /**
     * Does exactly what a plan says.
     *
     * @param plan a plan of a service, made by this connection's provider
     * @return the handle
     * @throws PortolanException INVALID_ARGUMENT if the plan is of a job or another provider; CONFLICT if the service changed since
     */
    public ServiceDeployment apply(DeploymentPlan plan) {
        return deploy(connection.planner().requireFreshService(plan));
    }

    /**
     * Removes a service with all its revisions. Blocks until its name is free. Idempotent.
     *
     * @param name the service
     */
    public void delete(String name) {
        read("services.delete", name, driver -> {
            driver.delete(name);
            return true;
        });
    }

    private ServiceDeployment change(String name, String operation, Function<ServiceDriver, ServiceStatus> call) {
        return deployments.start(name, () -> read(operation, name, call));
    }

    private <T> T read(String operation, @Nullable String name, Function<ServiceDriver, T> call) {
        connection.require(Capability.SERVICES, operation);
        return connection
                .caller()
                .call(
                        Traffic.SERVICE,
                        Operation.idempotent(operation, name),
                        () -> call.apply(connection.driver().services()));
    }

    private final class Logs implements LogTarget {
        private final String service;

        private Logs(String service) {
            this.service = service;
        }

        @Override
        public List<LogSource> sources() {
            return connection
                    .caller()
                    .call(
                            Traffic.LOG,
                            Operation.idempotent("logs.sources", service),
                            () -> connection.driver().logs().serviceSources(service));
        }

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public LogPage read(LogSource source, @Nullable String after, int limit) {
            return connection.driver().logs().readService(service, source, after, limit);
        }
    }
}

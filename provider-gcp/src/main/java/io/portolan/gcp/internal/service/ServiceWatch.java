package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import io.portolan.gcp.internal.client.Pace;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for what was asked of a service. Looks at the service itself: the futures of the vendor's client stop waiting after five minutes.
 * Thread-safe.
 */
final class ServiceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceWatch.class);

    private final RunServices services;
    private final RevisionLog log;
    private final Supplier<Pace> paces;

    ServiceWatch(RunServices services, RevisionLog log, Supplier<Pace> paces) {
        this.services = services;
        this.log = log;
        this.paces = paces;
    }

    /**
     * Waits for a revision to be ready.
     *
     * @throws PortolanException FAILED if it is not, or not in time; CONFLICT if another one came after it; CANCELLED by an interrupt
     */
    void awaitReady(Wish wish, int number) {
        Pace pace = paces.get();
        while (true) {
            Service service = look(wish.name(), wish.resource());
            if (service != null && isOf(wish, number, service) && ServiceState.isSettled(service)) {
                if (!ServiceState.isGood(service)) {
                    throw failed(wish, number, service);
                }
                return;
            }
            if (pace.isOver()) {
                throw ServiceErrors.late(wish.name(), number);
            }
            pace.next();
        }
    }

    /** Whether the newest revision is the one that is awaited; an earlier one is what a late answer shows. */
    private static boolean isOf(Wish wish, int number, Service service) {
        int newest = ServiceState.number(service.getTemplate().getAnnotationsMap());
        if (newest > number || (newest == number && !wish.isNewestOf(service))) {
            throw ServiceErrors.overtaken(wish.name());
        }
        return newest == number;
    }

    /**
     * Waits for a change that makes no revision.
     *
     * @throws PortolanException FAILED if it cannot be done, or not in time; CANCELLED by an interrupt
     */
    void awaitSettled(String name, String resource) {
        Pace pace = paces.get();
        while (true) {
            Service service = look(name, resource);
            if (service != null && ServiceState.isSettled(service)) {
                if (ServiceState.hasFailed(service)) {
                    throw ServiceErrors.of(
                            ErrorCode.FAILED,
                            name,
                            "Service '" + name + "' could not be changed: "
                                    + ServiceState.text(service.getTerminalCondition())
                                    + "; look at its status and its logs");
                }
                return;
            }
            if (pace.isOver()) {
                throw ServiceErrors.of(
                        ErrorCode.FAILED,
                        name,
                        "Cloud Run did not change service '" + name
                                + "' within portolan.gcp.deploy-timeout; look at its status");
            }
            pace.next();
        }
    }

    /** Waits until a service that is being deleted is gone. */
    void awaitFree(String name, String resource) {
        Pace pace = paces.get();
        while (isThere(resource)) {
            if (pace.isOver()) {
                throw ServiceErrors.of(
                        ErrorCode.TIMEOUT,
                        name,
                        "Cloud Run did not delete service '" + name
                                + "' within portolan.gcp.deploy-timeout; delete it again");
            }
            pace.next();
        }
    }

    private boolean isThere(String resource) {
        try {
            return services.service(resource).isPresent();
        } catch (PortolanException e) {
            return tolerated(e);
        }
    }

    /** The service, null if Cloud Run does not answer: a deployment goes on meanwhile. */
    private @Nullable Service look(String name, String resource) {
        Optional<Service> service;
        try {
            service = services.service(resource);
        } catch (PortolanException e) {
            tolerated(e);
            return null;
        }
        return service.filter(found -> !ServiceState.isGoing(found)).orElseThrow(() -> ServiceErrors.deleted(name));
    }

    private static boolean tolerated(PortolanException e) {
        if (e.retryability() == Retryability.NO) {
            throw e;
        }
        LOG.debug("Cloud Run did not say how a service is; asking again", e);
        return true;
    }

    private PortolanException failed(Wish wish, int number, Service service) {
        String name = service.getLatestCreatedRevision();
        Revision revision = revision(service, name);
        return ServiceErrors.failed(
                wish.name(), number, service, revision, hasStarted(revision) ? lines(service, name) : List.of());
    }

    /** Where an image or a secret is missing there are no containers, and no lines to wait for. */
    private static boolean hasStarted(@Nullable Revision revision) {
        return revision == null
                || ServiceState.ready(revision).filter(Condition::hasReason).isEmpty();
    }

    private @Nullable Revision revision(Service service, String name) {
        try {
            return name.isEmpty()
                    ? null
                    : services.revision(service.getName() + "/revisions/" + Shares.shortName(name))
                            .orElse(null);
        } catch (PortolanException e) {
            LOG.debug("revision {} cannot be read", name, e);
            return null;
        }
    }

    private List<String> lines(Service service, String revision) {
        try {
            return revision.isEmpty()
                    ? List.of()
                    : log.last(Shares.shortName(service.getName()), Shares.shortName(revision));
        } catch (PortolanException e) {
            LOG.debug("the log of revision {} cannot be read", revision, e);
            return List.of();
        }
    }
}

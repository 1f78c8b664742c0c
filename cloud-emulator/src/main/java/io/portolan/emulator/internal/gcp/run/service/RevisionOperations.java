package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpError;
import io.portolan.emulator.internal.gcp.Operations;
import io.portolan.emulator.internal.gcp.Operations.Operation;
import io.portolan.emulator.internal.gcp.Pages;
import io.portolan.emulator.internal.gcp.RestRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The methods of revisions. Used with the lock held. */
final class RevisionOperations {
    private static final String TYPE = "google.cloud.run.v2.Revision";
    private static final int LARGEST_PAGE = 100;

    private final ServiceContext context;
    private final Operations operations;
    private final Services services;
    private final Reconciler reconciler;

    RevisionOperations(ServiceContext context, Operations operations, Services services, Reconciler reconciler) {
        this.context = context;
        this.operations = operations;
        this.services = services;
        this.reconciler = reconciler;
    }

    private record Found(Service service, Revision revision) {
        ObjectNode view() {
            return ServiceView.of(service, revision);
        }
    }

    ObjectNode call(RestRequest request) {
        String verb = request.method().substring(request.method().lastIndexOf('.') + 1);
        return switch (verb) {
            case "get" -> find(request.pathValue("name")).view();
            case "list" -> list(request);
            case "delete" -> delete(request);
            default -> throw GcpError.of(501, "UNIMPLEMENTED", "The emulator has no " + request.method());
        };
    }

    private Found find(String name) {
        int at = name.indexOf("/revisions/");
        String revision = name.substring(at + "/revisions/".length());
        return services.find(name.substring(0, at))
                .flatMap(service -> service.revision(revision).map(found -> new Found(service, found)))
                .orElseThrow(() -> GcpError.notFound("revision \"" + name + "\" not found"));
    }

    /** The newest come first. */
    private ObjectNode list(RestRequest request) {
        String parent = request.pathValue("parent");
        List<Found> found = new ArrayList<>();
        List<Service> of = parent.endsWith("/services/-")
                ? services.in(parent.substring(0, parent.indexOf("/services/")))
                : services.find(parent).stream().toList();
        of.forEach(service -> service.revisions.forEach(revision -> found.add(new Found(service, revision))));
        found.sort(Comparator.comparing((Found one) -> one.revision().createdAt)
                .thenComparing(one -> one.revision().generation)
                .reversed());
        return Pages.of("revisions", found.stream().map(Found::view).toList(), request, LARGEST_PAGE);
    }

    private ObjectNode delete(RestRequest request) {
        Found found = find(request.pathValue("name"));
        Service service = found.service();
        Revision revision = found.revision();
        if (revision == service.latestCreated) {
            throw GcpError.precondition("Revision '" + revision.name
                    + "' cannot be deleted because it is the latest created revision of its service.");
        }
        boolean reached = service.plan.targets().stream()
                .anyMatch(target -> target.revision().equals(revision.name)
                        || (target.isLatest() && revision == service.latestReady));
        if (reached) {
            throw GcpError.precondition(
                    "Revision '" + revision.name + "' cannot be deleted because it is addressed by traffic targets.");
        }
        Operation operation = operations.begin(
                "projects/" + service.name.project() + "/locations/" + service.name.location(),
                () -> Operations.typed(TYPE, found.view()));
        if (!request.isSet("validateOnly")) {
            reconciler.remove(revision);
            service.revisions.remove(revision);
        }
        context.gcp().later(context.gcp().gcp().phase(), () -> operation.succeed(Operations.typed(TYPE, found.view())));
        return operation.view();
    }
}

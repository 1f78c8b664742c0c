package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.gcp.GcpEmulator;
import io.portolan.emulator.internal.gcp.GcpError;
import io.portolan.emulator.internal.gcp.Operations;
import io.portolan.emulator.internal.gcp.Operations.Operation;
import io.portolan.emulator.internal.gcp.Pages;
import io.portolan.emulator.internal.gcp.RestRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The methods of services. Used with the lock held. */
final class ServiceOperations {
    private static final String TYPE = "google.cloud.run.v2.Service";
    private static final String ACCOUNT = GcpEmulator.PROJECT_NUMBER + "-compute@developer.gserviceaccount.com";
    private static final int LARGEST_PAGE = 100;

    private final ServiceContext context;
    private final Operations operations;
    private final Services services;
    private final Reconciler reconciler;
    private final RevisionNames names = new RevisionNames();

    ServiceOperations(ServiceContext context, Operations operations, Services services, Reconciler reconciler) {
        this.context = context;
        this.operations = operations;
        this.services = services;
        this.reconciler = reconciler;
    }

    ObjectNode call(RestRequest request) {
        String verb = request.method().substring(request.method().lastIndexOf('.') + 1);
        return switch (verb) {
            case "create" ->
                create(request, request.pathValue("parent") + "/services/" + request.queryValue("serviceId"));
            case "get" -> view(services.get(request.pathValue("name")));
            case "list" -> list(request);
            case "patch" -> patch(request);
            case "delete" -> delete(request);
            case "getIamPolicy" -> policy(services.get(request.pathValue("resource")));
            case "setIamPolicy" -> setPolicy(services.get(request.pathValue("resource")), request.body());
            case "testIamPermissions" -> {
                services.get(request.pathValue("resource"));
                yield request.body().deepCopy();
            }
            default -> throw GcpError.of(501, "UNIMPLEMENTED", "The emulator has no " + request.method());
        };
    }

    private ObjectNode create(RestRequest request, String fullName) {
        ServiceName name = ServiceName.parse(fullName);
        ServiceChecks.checkId(name.id());
        if (name.location().equals("-")) {
            throw GcpError.invalid("Violation in CreateServiceRequest.parent: The location must not be a wildcard.");
        }
        if (services.find(fullName).isPresent()) {
            throw GcpError.exists("Resource '" + name.id() + "' already exists.");
        }
        ObjectNode body = filled(request.body(), name);
        TrafficPlan plan = plan(body, null);
        Service service = new Service(name, UUID.randomUUID().toString(), body, plan, now());
        if (request.isSet("validateOnly")) {
            service.routing.close();
            return validated(service);
        }
        addRevision(service);
        services.add(service);
        return change(service);
    }

    private ObjectNode patch(RestRequest request) {
        String name = request.pathValue("name");
        if (services.find(name).isEmpty() && request.isSet("allowMissing")) {
            return create(request, name);
        }
        Service service = services.get(name);
        checkEtag(service, request.body().path("etag").asText(""));
        ObjectNode body = filled(FieldMask.apply(service.body, request.body(), request.mask()), service.name);
        TrafficPlan plan = plan(body, service);
        boolean renewed = renews(service, body, request.isSet("forceNewRevision"));
        if (request.isSet("validateOnly")) {
            Service changed = new Service(service.name, service.uid, body, plan, service.createdAt);
            changed.routing.close();
            return validated(changed);
        }
        service.body = body;
        service.plan = plan;
        service.generation++;
        service.updatedAt = now();
        service.reconciling = true;
        service.renewed = renewed;
        if (renewed) {
            addRevision(service);
        }
        return change(service);
    }

    private ObjectNode filled(ObjectNode sent, ServiceName name) {
        ObjectNode body = sent.deepCopy();
        body.remove(List.of("name", "etag"));
        ServiceChecks.check(body, name.id());
        ServiceDefaults.fill(body, ACCOUNT);
        return body;
    }

    private static TrafficPlan plan(ObjectNode body, @Nullable Service service) {
        String coming = body.path("template").path("revision").asText("");
        try {
            return TrafficPlan.of(
                    body.path("traffic"),
                    name -> name.equals(coming)
                            || (service != null && service.revision(name).isPresent()));
        } catch (TrafficPlan.BadTraffic e) {
            throw GcpError.invalid("Violation in Service.traffic: " + e.getMessage() + ".");
        }
    }

    /** Whether a change makes a revision: not if the template is the same. */
    private static boolean renews(Service service, ObjectNode body, boolean forced) {
        boolean same = service.body.path("template").equals(body.path("template"));
        if (same && !forced) {
            return false;
        }
        String wanted = body.path("template").path("revision").asText("");
        if (!wanted.isEmpty() && service.revision(wanted).isPresent()) {
            throw GcpError.exists("Revision named '" + wanted + "' with different configuration already exists.");
        }
        return true;
    }

    private void addRevision(Service service) {
        ObjectNode template = service.body.withObject("/template").deepCopy();
        String wanted = template.path("revision").asText("");
        String name = wanted.isEmpty() ? names.next(service.name.id(), ++service.revisionsMade) : wanted;
        Revision revision = new Revision(name, UUID.randomUUID().toString(), service.generation, template, now());
        revision.scripted = context.gcp()
                .gcp()
                .faults()
                .takeRevision(service.name.id())
                .map(Failure::scripted)
                .orElse(null);
        Revision before = service.latestCreated;
        if (before != null && before.state == Revision.State.STARTING) {
            reconciler.giveUp(before);
        }
        service.revisions.add(revision);
        service.latestCreated = revision;
    }

    private ObjectNode change(Service service) {
        Operation operation = begin(service);
        service.waiting.add(settled -> later(() -> {
            Failure failure = settled.failure;
            if (failure == null) {
                operation.succeed(Operations.typed(TYPE, view(settled)));
            } else {
                operation.fail(GcpError.rpcStatus(failure.code(), failure.message()));
            }
        }));
        reconciler.changed(service);
        return operation.view();
    }

    private ObjectNode delete(RestRequest request) {
        Service service = services.get(request.pathValue("name"));
        checkEtag(service, request.queryValue("etag"));
        if (request.isSet("validateOnly")) {
            return validated(service);
        }
        Operation operation = begin(service);
        service.reconciling = true;
        service.updatedAt = now();
        service.waiting.add(ended -> {
            services.remove(ended);
            later(() -> operation.succeed(Operations.typed(TYPE, view(ended))));
        });
        reconciler.remove(service);
        return operation.view();
    }

    private Operation begin(Service service) {
        return operations.begin(
                "projects/" + service.name.project() + "/locations/" + service.name.location(),
                () -> Operations.typed(TYPE, view(service)));
    }

    private ObjectNode validated(Service service) {
        Operation operation = begin(service);
        operation.succeed(Operations.typed(TYPE, view(service)));
        return operation.view();
    }

    private void later(Runnable end) {
        if (context.gcp().gcp().faults().slowOperations().isZero()) {
            end.run();
        } else {
            context.gcp().later(context.gcp().gcp().faults().slowOperations(), end);
        }
    }

    private ObjectNode list(RestRequest request) {
        String parent = request.pathValue("parent");
        if (parent.endsWith("/-")) {
            throw GcpError.invalid("Violation in ListServicesRequest.parent: The location must not be a wildcard.");
        }
        return Pages.of("services", services.in(parent).stream().map(this::view).toList(), request, LARGEST_PAGE);
    }

    private ObjectNode view(Service service) {
        return ServiceView.of(service);
    }

    private static ObjectNode policy(Service service) {
        ObjectNode policy = service.policy.deepCopy();
        policy.put("etag", ServiceView.etag("policy", service.policy.hashCode()).replace("\"", ""));
        return policy;
    }

    private ObjectNode setPolicy(Service service, ObjectNode body) {
        ObjectNode policy = body.path("policy") instanceof ObjectNode given
                ? given.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        String etag = policy.path("etag").asText("");
        if (!etag.isEmpty() && !etag.equals(policy(service).path("etag").asText())) {
            throw GcpError.aborted("There were concurrent policy changes. Please retry the whole read-modify-write with"
                    + " exponential backoff.");
        }
        policy.remove("etag");
        policy.put("version", 1);
        service.policy = policy;
        service.routing.admit(service.isPublic());
        return policy(service);
    }

    private static void checkEtag(Service service, String etag) {
        String current = ServiceView.etag(service.uid, service.generation);
        if (!etag.isEmpty() && !etag.equals(current)) {
            throw GcpError.aborted("Conflict for resource '" + service.name.id() + "': version '" + etag
                    + "' was specified but current version is '" + current + "'.");
        }
    }

    private Instant now() {
        return context.gcp().clock().instant();
    }
}

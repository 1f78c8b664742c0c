package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Services and revisions as the API tells them. */
final class ServiceView {
    private static final String CREATOR = "test@example.com";

    private ServiceView() {}

    static ObjectNode of(Service service) {
        ObjectNode view = service.body.deepCopy();
        view.put("name", service.name.toString());
        view.put("uid", service.uid);
        view.put("generation", Long.toString(service.generation));
        view.put("observedGeneration", Long.toString(service.observedGeneration));
        view.put("createTime", GcpContext.text(service.createdAt));
        view.put("updateTime", GcpContext.text(service.updatedAt));
        view.put("creator", CREATOR);
        if (service.deleted) {
            view.put("deleteTime", GcpContext.text(service.updatedAt));
        }
        view.put("lastModifier", CREATOR);
        view.put("uri", service.routing.uri());
        view.putArray("urls").add(service.routing.uri());
        view.put("etag", etag(service.uid, service.generation));
        put(view, "latestCreatedRevision", service, service.latestCreated);
        put(view, "latestReadyRevision", service, service.latestReady);
        conditions(view, service);
        statuses(view.putArray("trafficStatuses"), service);
        if (service.reconciling) {
            view.put("reconciling", true);
        }
        return view;
    }

    private static void put(ObjectNode view, String member, Service service, @Nullable Revision revision) {
        if (revision != null) {
            view.put(member, service.name.revision(revision.name));
        }
    }

    private static void conditions(ObjectNode view, Service service) {
        Instant since = service.settledAt;
        ArrayNode conditions = view.putArray("conditions");
        if (service.reconciling) {
            view.set("terminalCondition", Conditions.reconciling("Ready", service.updatedAt));
            conditions.add(Conditions.reconciling("RoutesReady", service.updatedAt));
            conditions.add(Conditions.reconciling("ConfigurationsReady", service.updatedAt));
            return;
        }
        view.set("terminalCondition", Conditions.settled("Ready", service.failure, since));
        conditions.add(Conditions.settled("RoutesReady", service.latestReady == null ? service.failure : null, since));
        conditions.add(Conditions.settled("ConfigurationsReady", service.failure, since));
    }

    /** Tells where requests go now. */
    private static void statuses(ArrayNode statuses, Service service) {
        TrafficPlan applied = service.applied;
        if (applied == null) {
            return;
        }
        for (TrafficPlan.Target target : applied.targets()) {
            ObjectNode status = statuses.addObject().put("type", target.type());
            if (!target.isLatest()) {
                status.put("revision", target.revision());
            }
            if (target.percent() > 0) {
                status.put("percent", target.percent());
            }
            if (!target.tag().isEmpty()) {
                status.put("tag", target.tag());
                status.put("uri", service.routing.uri(target.tag()));
            }
        }
    }

    static ObjectNode of(Service service, Revision revision) {
        ObjectNode view = revision.template.deepCopy();
        view.remove("healthCheckDisabled");
        view.remove("revision");
        view.put("name", service.name.revision(revision.name));
        view.put("service", service.name.id());
        view.put("uid", revision.uid);
        view.put("generation", "1");
        view.put("observedGeneration", "1");
        view.put("createTime", GcpContext.text(revision.createdAt));
        view.put("updateTime", GcpContext.text(revision.updatedAt));
        view.put("creator", CREATOR);
        view.set("launchStage", service.body.path("launchStage"));
        view.put("etag", etag(revision.uid, revision.updatedAt.toEpochMilli()));
        view.put(
                "logUri",
                "https://console.cloud.google.com/logs/viewer?project=" + service.name.project()
                        + "&resource=cloud_run_revision/service_name/" + service.name.id() + "/revision_name/"
                        + revision.name);
        ObjectNode scaling = view.putObject("scalingStatus");
        if (revision.wanted > 0) {
            scaling.put("desiredMinInstanceCount", revision.wanted);
        }
        conditions(view, revision);
        return view;
    }

    private static void conditions(ObjectNode view, Revision revision) {
        ArrayNode conditions = view.putArray("conditions");
        Instant since = revision.updatedAt;
        if (revision.state == Revision.State.STARTING) {
            view.put("reconciling", true);
            conditions.add(Conditions.reconciling("Ready", since));
            conditions.add(Conditions.pending("ContainerReady", since));
            return;
        }
        ObjectNode ready = Conditions.settled("Ready", revision.failure, since);
        conditions.add(ready);
        conditions.add(Conditions.settled("ContainerReady", revision.failure, since));
        if (revision.failure != null) {
            return;
        }
        ObjectNode healthy = Conditions.settled("ContainerHealthy", null, since);
        if (revision.checkSkipped) {
            healthy.put("revisionReason", "HEALTH_CHECK_SKIPPED");
        }
        conditions.add(healthy);
        ObjectNode active = Conditions.settled("Active", null, since);
        if (revision.wanted == 0) {
            active.put("state", "CONDITION_FAILED");
            active.put("severity", "INFO");
            active.put("revisionReason", "RETIRED");
            active.put("message", "Revision retired.");
        }
        conditions.add(active);
    }

    static String etag(String uid, long version) {
        String text = version + "/" + uid;
        return "\"" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\"";
    }
}

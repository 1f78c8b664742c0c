package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetStatus;
import com.google.iam.v1.Policy;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cloud Run in memory: what is asked for happens when {@link #settle} is called. */
final class FakeRunServices implements RunServices {
    /** The writes, with their masks. */
    final List<String> writes = new ArrayList<>();

    /** How many reads there were. */
    int reads;

    /** Why the next revisions fail, in their order; empty for those that do not. */
    final Deque<Optional<Condition>> outcomes = new ArrayDeque<>();

    /** Runs before the next write. */
    @Nullable
    Runnable meanwhile;

    /** What the next write answers although it is done. */
    @Nullable
    PortolanException lost;

    /** What the next read answers. */
    @Nullable
    PortolanException deaf;

    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, Revision> revisions = new LinkedHashMap<>();
    private final Map<String, Policy> policies = new LinkedHashMap<>();
    private final Map<String, Condition> failures = new LinkedHashMap<>();
    private long time;

    static Condition failure(Condition.RevisionReason reason, String message) {
        return Condition.newBuilder()
                .setType("Ready")
                .setState(Condition.State.CONDITION_FAILED)
                .setRevisionReason(reason)
                .setMessage(message)
                .build();
    }

    void fail(String message) {
        outcomes.add(Optional.of(failure(Condition.RevisionReason.HEALTH_CHECK_CONTAINER_ERROR, message)));
    }

    Service only() {
        return services.values().iterator().next();
    }

    /** What another client does to the only service. */
    void change(Service changed) {
        services.put(
                changed.getName(), changed.toBuilder().setEtag("etag-" + ++time).build());
    }

    /** What is under way comes to its end. */
    void settle() {
        for (Service service : List.copyOf(services.values())) {
            if (service.hasDeleteTime()) {
                services.remove(service.getName());
            } else if (service.getReconciling()) {
                services.put(service.getName(), settled(service));
            }
        }
    }

    private Service settled(Service service) {
        String newest = service.getLatestCreatedRevision();
        Revision revision = Objects.requireNonNull(revisions.get(newest));
        Condition failure = failures.get(newest);
        Condition ready = failure == null
                ? Condition.newBuilder()
                        .setType("Ready")
                        .setState(Condition.State.CONDITION_SUCCEEDED)
                        .build()
                : failure;
        revisions.put(
                newest,
                revision.toBuilder().clearConditions().addConditions(ready).build());
        Service.Builder settled = service.toBuilder()
                .setReconciling(false)
                .setObservedGeneration(service.getGeneration())
                .setTerminalCondition(ready)
                .clearTrafficStatuses();
        if (failure == null) {
            settled.setLatestReadyRevision(newest);
        }
        if (!settled.getLatestReadyRevision().isEmpty()) {
            List<TrafficTarget> targets =
                    service.getTrafficCount() == 0 ? List.of(Shares.toLatest()) : service.getTrafficList();
            targets.forEach(target -> settled.addTrafficStatuses(TrafficTargetStatus.newBuilder()
                    .setType(target.getType())
                    .setRevision(target.getRevision())
                    .setPercent(target.getPercent())));
        }
        return settled.build();
    }

    @Override
    public Optional<Service> service(String name) {
        reads++;
        if (deaf != null) {
            PortolanException error = deaf;
            deaf = null;
            throw error;
        }
        return Optional.ofNullable(services.get(name));
    }

    @Override
    public List<Service> services(String location) {
        reads++;
        return List.copyOf(services.values());
    }

    @Override
    public void create(String location, String id, Service service) {
        write("create");
        String name = location + "/services/" + id;
        if (services.containsKey(name)) {
            throw conflict();
        }
        Service created = service.toBuilder()
                .setName(name)
                .setUri("https://" + id + "-123.europe-west1.run.app")
                .setCreateTime(now())
                .build();
        services.put(name, begun(renewed(created)));
        lose();
    }

    @Override
    public void update(Service service, FieldMask mask) {
        write("update " + String.join(",", mask.getPathsList()));
        Service current = Optional.ofNullable(services.get(service.getName()))
                .orElseThrow(() -> new PortolanException(ErrorCode.NOT_FOUND, "gone"));
        if (!service.getEtag().equals(current.getEtag())) {
            throw conflict();
        }
        Service.Builder changed = current.toBuilder();
        for (String path : mask.getPathsList()) {
            FieldDescriptor field = Service.getDescriptor().findFieldByName(path);
            changed.setField(field, service.getField(field));
        }
        boolean same = current.getTemplate().equals(service.getTemplate())
                || !mask.getPathsList().contains("template");
        services.put(service.getName(), begun(same ? changed.build() : renewed(changed.build())));
        lose();
    }

    @Override
    public void delete(String name, String etag) {
        write("delete");
        Service current = services.get(name);
        if (current != null && !etag.isEmpty() && !etag.equals(current.getEtag())) {
            throw conflict();
        }
        if (current != null) {
            services.put(name, current.toBuilder().setDeleteTime(now()).build());
            revisions.keySet().removeIf(revision -> revision.startsWith(name + "/"));
            failures.clear();
        }
    }

    @Override
    public Optional<Revision> revision(String name) {
        reads++;
        return Optional.ofNullable(revisions.get(name));
    }

    @Override
    public List<Revision> revisions(String service) {
        reads++;
        return revisions.values().stream()
                .filter(revision -> revision.getName().startsWith(service + "/"))
                .toList();
    }

    @Override
    public Policy policy(String service) {
        reads++;
        return policies.getOrDefault(service, Policy.getDefaultInstance());
    }

    @Override
    public void setPolicy(String service, Policy policy) {
        write("setPolicy");
        if (!policy.getEtag().equals(policy(service).getEtag())) {
            throw conflict();
        }
        policies.put(
                service,
                policy.toBuilder()
                        .setEtag(com.google.protobuf.ByteString.copyFromUtf8("etag-" + ++time))
                        .build());
    }

    private Service begun(Service service) {
        return service.toBuilder()
                .setReconciling(true)
                .setGeneration(service.getGeneration() + 1)
                .setEtag("etag-" + ++time)
                .build();
    }

    private Service renewed(Service service) {
        RevisionTemplate template = service.getTemplate();
        int number = revisions.size() + 1;
        String name =
                service.getName() + "/revisions/" + Shares.shortName(service.getName()) + "-0000" + number + "-abc";
        revisions.put(
                name,
                Revision.newBuilder()
                        .setName(name)
                        .putAllAnnotations(template.getAnnotationsMap())
                        .setScaling(template.getScaling())
                        .setCreateTime(now())
                        .build());
        Optional.ofNullable(outcomes.poll())
                .flatMap(outcome -> outcome)
                .ifPresent(failure -> failures.put(name, failure));
        return service.toBuilder().setLatestCreatedRevision(name).build();
    }

    private void write(String what) {
        writes.add(what);
        Runnable other = meanwhile;
        meanwhile = null;
        if (other != null) {
            other.run();
        }
    }

    private void lose() {
        if (lost != null) {
            PortolanException error = lost;
            lost = null;
            throw error;
        }
    }

    private Timestamp now() {
        return Timestamp.newBuilder().setSeconds(++time).build();
    }

    private static PortolanException conflict() {
        return new PortolanException(ErrorCode.CONFLICT, "another client was faster");
    }
}

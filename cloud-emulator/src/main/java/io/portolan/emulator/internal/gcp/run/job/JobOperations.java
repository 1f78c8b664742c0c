package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.GcpError;
import io.portolan.emulator.internal.gcp.Operations;
import io.portolan.emulator.internal.gcp.Operations.Operation;
import io.portolan.emulator.internal.gcp.Pages;
import io.portolan.emulator.internal.gcp.RestRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of jobs. Used with the lock held. */
final class JobOperations {
    private static final int PAGE = 100;

    private final GcpContext context;
    private final Operations operations;
    private final Executions executions;
    private final JobReconciler reconciler;
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    JobOperations(GcpContext context, Operations operations, Executions executions) {
        this.context = context;
        this.operations = operations;
        this.executions = executions;
        this.reconciler = new JobReconciler(context, executions);
    }

    ObjectNode call(RestRequest request) {
        return switch (request.method()) {
            case "run.jobs.create" ->
                create(new JobName(request.pathValue("parent"), request.queryValue("jobId")), request);
            case "run.jobs.get" -> JobView.of(find(request));
            case "run.jobs.list" -> list(request);
            case "run.jobs.patch" -> patch(request);
            case "run.jobs.delete" -> delete(request);
            case "run.jobs.run" -> run(request);
            default -> throw GcpError.of(501, "UNIMPLEMENTED", "The emulator has no " + request.method());
        };
    }

    boolean has(JobName name) {
        return jobs.containsKey(name.full());
    }

    private ObjectNode create(JobName name, RestRequest request) {
        JobChecks.checkId(name.id());
        JobChecks.check(name, request.body());
        Job job = new Job(name, JobDefaults.of(request.body()), now());
        if (has(name)) {
            throw GcpError.exists("Resource '" + name.id() + "' already exists.");
        }
        refuseUsedToken(job, "");
        if (request.isSet("validateOnly")) {
            return validated(job);
        }
        jobs.put(name.full(), job);
        return reconcile(job, "");
    }

    private ObjectNode patch(RestRequest request) {
        JobName name = JobName.of(request.pathValue("name"));
        Job job = jobs.get(name.full());
        if (job == null && request.isSet("allowMissing")) {
            return create(name, request);
        }
        job = find(request);
        checkEtag(request.body().path("etag").asText(), job.version, name.id());
        JobChecks.check(name, request.body());
        if (job.deleteTime != null) {
            throw GcpError.precondition("Job '" + name.id() + "' is being deleted.");
        }
        String before = job.token;
        Job wanted = new Job(name, JobDefaults.of(request.body()), now());
        refuseUsedToken(wanted, before);
        if (request.isSet("validateOnly")) {
            return validated(wanted);
        }
        job.replace(JobDefaults.of(request.body()), now());
        return reconcile(job, before);
    }

    private ObjectNode delete(RestRequest request) {
        Job job = find(request);
        checkEtag(request.queryValue("etag"), job.version, job.name.id());
        if (request.isSet("validateOnly")) {
            return validated(job);
        }
        Operation operation = operations.begin(job.name.location(), () -> JobView.metadata(job));
        if (job.deleteTime == null) {
            job.deleteTime = now();
            job.touch(now());
            executions.of(job.name).forEach(execution -> executions.delete(execution, () -> {}));
        }
        later(() -> {
            jobs.remove(job.name.full(), job);
            operation.succeed(JobView.response(job));
        });
        return operation.view();
    }

    private ObjectNode run(RestRequest request) {
        Job job = find(request);
        checkEtag(request.body().path("etag").asText(), job.version, job.name.id());
        ObjectNode template = Overrides.on(job.template(), request.body().path("overrides"));
        if (job.isReconciling() || !job.ready.state().equals(Condition.SUCCEEDED)) {
            throw GcpError.precondition("Job '" + job.name.id() + "' is not ready.");
        }
        if (request.isSet("validateOnly") || request.body().path("validateOnly").asBoolean()) {
            return validated(job);
        }
        // The token belongs to the execution that it asked for, and this is another one.
        job.token = "";
        Execution execution = executions.start(job, executions.freeId(job.name), template);
        Operation operation = operations.begin(job.name.location(), () -> ExecutionView.typed(execution));
        execution.whenEnded(() -> later(() -> conclude(operation, execution)));
        return operation.view();
    }

    /** A cancelled execution is no error of the operation. */
    private static void conclude(Operation operation, Execution execution) {
        if (execution.completionStatus().equals("EXECUTION_FAILED")) {
            operation.fail(GcpError.rpcStatus("INTERNAL", execution.completed.message()));
        } else {
            operation.succeed(ExecutionView.typed(execution));
        }
    }

    private ObjectNode list(RestRequest request) {
        String location = request.pathValue("parent");
        List<Job> found = jobs.values().stream()
                .filter(job -> job.name.location().equals(location))
                .toList();
        return Pages.of("jobs", found, job -> job.name.full(), JobView::of, request, PAGE);
    }

    private ObjectNode reconcile(Job job, String tokenBefore) {
        Operation operation = operations.begin(job.name.location(), () -> JobView.metadata(job));
        reconciler.reconcile(job, tokenBefore, failure -> concludeJob(operation, job, failure));
        return operation.view();
    }

    private static void concludeJob(Operation operation, Job job, @Nullable String failure) {
        if (failure == null) {
            operation.succeed(JobView.response(job));
        } else {
            operation.fail(GcpError.rpcStatus("INTERNAL", failure));
        }
    }

    /** A token that is not the one of the last update names a new execution. */
    private void refuseUsedToken(Job wanted, String before) {
        String id = wanted.name.id() + "-" + wanted.token;
        boolean isNew = !wanted.token.isEmpty() && !wanted.token.equals(before);
        if (isNew && executions.find(wanted.name.execution(id)).isPresent()) {
            throw GcpError.exists("Resource '" + id + "' already exists.");
        }
    }

    private ObjectNode validated(Job job) {
        Operation operation = operations.begin(job.name.location(), () -> JobView.metadata(job));
        operation.succeed(JobView.response(job));
        return operation.view();
    }

    private Job find(RestRequest request) {
        JobName name = JobName.of(request.pathValue("name"));
        Job job = jobs.get(name.full());
        if (job == null) {
            throw name.notFound();
        }
        return job;
    }

    static void checkEtag(String etag, long version, String id) {
        if (!etag.isEmpty() && !etag.equals(JobView.etag(version))) {
            throw GcpError.aborted("Conflict for resource '" + id + "': version '" + JobView.version(etag)
                    + "' was specified but current version is '" + version + "'.");
        }
    }

    private void later(Runnable step) {
        reconciler.later(step);
    }

    private Instant now() {
        return context.clock().instant();
    }
}

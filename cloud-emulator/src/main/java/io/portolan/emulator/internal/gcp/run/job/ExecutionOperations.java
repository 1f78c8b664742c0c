package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.GcpError;
import io.portolan.emulator.internal.gcp.Operations;
import io.portolan.emulator.internal.gcp.Operations.Operation;
import io.portolan.emulator.internal.gcp.Pages;
import io.portolan.emulator.internal.gcp.RestRequest;
import java.util.List;
import java.util.stream.Stream;

/** The methods of executions and tasks. Used with the lock held. */
final class ExecutionOperations {
    private static final int PAGE = 100;
    private static final String EXECUTIONS = "/executions/";

    private final GcpContext context;
    private final Operations operations;
    private final Executions executions;
    private final JobOperations jobs;

    ExecutionOperations(GcpContext context, Operations operations, Executions executions, JobOperations jobs) {
        this.context = context;
        this.operations = operations;
        this.executions = executions;
        this.jobs = jobs;
    }

    ObjectNode call(RestRequest request) {
        return switch (request.method()) {
            case "run.jobs.executions.get" -> ExecutionView.of(find(request.pathValue("name")));
            case "run.jobs.executions.list" -> list(request);
            case "run.jobs.executions.cancel" -> cancel(request);
            case "run.jobs.executions.delete" -> delete(request);
            case "run.jobs.executions.tasks.get" -> task(request.pathValue("name"));
            case "run.jobs.executions.tasks.list" -> tasks(request);
            default -> throw GcpError.of(501, "UNIMPLEMENTED", "The emulator has no " + request.method());
        };
    }

    private ObjectNode list(RestRequest request) {
        JobName job = JobName.of(request.pathValue("parent"));
        if (!job.isWildcard() && !jobs.has(job)) {
            throw job.notFound();
        }
        return Pages.of("executions", executions.of(job), Execution::name, ExecutionView::of, request, PAGE);
    }

    private ObjectNode cancel(RestRequest request) {
        Execution execution = find(request.pathValue("name"));
        JobOperations.checkEtag(request.body().path("etag").asText(), execution.version, execution.id);
        if (execution.hasEnded()) {
            throw GcpError.precondition("Execution '" + execution.id + "' has already completed.");
        }
        Operation operation = operations.begin(execution.job.location(), () -> ExecutionView.typed(execution));
        if (!request.body().path("validateOnly").asBoolean()) {
            executions.cancel(execution);
            execution.whenEnded(() -> later(() -> operation.succeed(ExecutionView.typed(execution))));
        } else {
            operation.succeed(ExecutionView.typed(execution));
        }
        return operation.view();
    }

    private ObjectNode delete(RestRequest request) {
        Execution execution = find(request.pathValue("name"));
        JobOperations.checkEtag(request.queryValue("etag"), execution.version, execution.id);
        Operation operation = operations.begin(execution.job.location(), () -> ExecutionView.typed(execution));
        if (request.isSet("validateOnly")) {
            operation.succeed(ExecutionView.typed(execution));
        } else {
            executions.delete(execution, () -> operation.succeed(ExecutionView.typed(execution)));
        }
        return operation.view();
    }

    private ObjectNode task(String name) {
        String parent = name.substring(0, name.lastIndexOf("/tasks/"));
        return find(parent).tasks.stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .map(ExecutionView::of)
                .orElseThrow(() -> GcpError.notFound("task \"" + name + "\" not found"));
    }

    private ObjectNode tasks(RestRequest request) {
        String parent = request.pathValue("parent");
        JobName job = JobName.of(parent);
        Stream<Execution> of =
                parent.endsWith(EXECUTIONS + "-") ? executions.of(job).stream() : Stream.of(find(parent));
        List<TaskRun> found = of.filter(execution -> execution.hasStarted() || execution.hasEnded())
                .flatMap(execution -> execution.tasks.stream())
                .toList();
        return Pages.of("tasks", found, TaskRun::name, ExecutionView::of, request, PAGE);
    }

    /** By its name, in which the job may be a wildcard. */
    private Execution find(String name) {
        JobName job = JobName.of(name);
        String id = name.substring(name.indexOf(EXECUTIONS) + EXECUTIONS.length());
        return (job.isWildcard()
                        ? executions.of(job).stream()
                                .filter(execution -> execution.id.equals(id))
                                .findFirst()
                        : executions.find(name))
                .orElseThrow(() -> GcpError.notFound("execution \"" + name + "\" not found"));
    }

    private void later(Runnable step) {
        context.later(context.gcp().phase().plus(context.gcp().faults().slowOperations()), step);
    }
}

package io.portolan.gcp.internal.job;

import com.google.api.core.ApiFuture;
import com.google.cloud.run.v2.CancelExecutionRequest;
import com.google.cloud.run.v2.CreateJobRequest;
import com.google.cloud.run.v2.DeleteExecutionRequest;
import com.google.cloud.run.v2.DeleteJobRequest;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.GetExecutionRequest;
import com.google.cloud.run.v2.GetJobRequest;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.ListExecutionsRequest;
import com.google.cloud.run.v2.ListExecutionsResponse;
import com.google.cloud.run.v2.ListJobsRequest;
import com.google.cloud.run.v2.ListJobsResponse;
import com.google.cloud.run.v2.ListTasksRequest;
import com.google.cloud.run.v2.ListTasksResponse;
import com.google.cloud.run.v2.Task;
import com.google.cloud.run.v2.UpdateJobRequest;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The requests by the vendor's clients. Thread-safe. */
final class RunJobsClient implements RunJobs {
    /** Most of one page. */
    private static final int PAGE = 100;

    private final GcpClients clients;
    private final GcpCalls calls;

    RunJobsClient(GcpClients clients, GcpCalls calls) {
        this.clients = clients;
        this.calls = calls;
    }

    @Override
    public Optional<Job> job(String name) {
        GetJobRequest request = GetJobRequest.newBuilder().setName(name).build();
        return found("run:GetJob", name, () -> clients.jobs().getJobCallable().futureCall(request));
    }

    @Override
    public List<Job> jobs(String location) {
        List<Job> all = new ArrayList<>();
        String token = "";
        do {
            ListJobsRequest request = ListJobsRequest.newBuilder()
                    .setParent(location)
                    .setPageSize(PAGE)
                    .setPageToken(token)
                    .build();
            ListJobsResponse page = calls.call(
                    "run:ListJobs",
                    location,
                    () -> clients.jobs().listJobsCallable().futureCall(request));
            all.addAll(page.getJobsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    @Override
    public void create(String location, String id, Job job) {
        CreateJobRequest request = CreateJobRequest.newBuilder()
                .setParent(location)
                .setJobId(id)
                .setJob(job)
                .build();
        calls.call(
                "run:CreateJob",
                location + "/jobs/" + id,
                () -> clients.jobs().createJobCallable().futureCall(request));
    }

    @Override
    public void update(Job job) {
        UpdateJobRequest request = UpdateJobRequest.newBuilder().setJob(job).build();
        calls.call(
                "run:UpdateJob",
                job.getName(),
                () -> clients.jobs().updateJobCallable().futureCall(request));
    }

    @Override
    public void delete(String job, String etag) {
        DeleteJobRequest request =
                DeleteJobRequest.newBuilder().setName(job).setEtag(etag).build();
        found("run:DeleteJob", job, () -> clients.jobs().deleteJobCallable().futureCall(request));
    }

    @Override
    public Optional<Execution> execution(String name) {
        GetExecutionRequest request =
                GetExecutionRequest.newBuilder().setName(name).build();
        // What is being deleted is gone for us: its name says nothing any more.
        return found(
                        "run:GetExecution",
                        name,
                        () -> clients.executions().getExecutionCallable().futureCall(request))
                .filter(execution -> !execution.hasDeleteTime());
    }

    @Override
    public void executions(String job, Predicate<List<Execution>> isEnough) {
        String token = "";
        boolean enough;
        do {
            ListExecutionsRequest request = ListExecutionsRequest.newBuilder()
                    .setParent(job)
                    .setPageSize(PAGE)
                    .setPageToken(token)
                    .build();
            ListExecutionsResponse page = found(
                            "run:ListExecutions",
                            job,
                            () -> clients.executions().listExecutionsCallable().futureCall(request))
                    .orElse(ListExecutionsResponse.getDefaultInstance());
            enough = isEnough.test(page.getExecutionsList().stream()
                    .filter(execution -> !execution.hasDeleteTime())
                    .toList());
            token = page.getNextPageToken();
        } while (!enough && !token.isEmpty());
    }

    @Override
    public void cancel(String execution) {
        CancelExecutionRequest request =
                CancelExecutionRequest.newBuilder().setName(execution).build();
        found(
                "run:CancelExecution",
                execution,
                () -> clients.executions().cancelExecutionCallable().futureCall(request));
    }

    @Override
    public void deleteExecution(String execution) {
        DeleteExecutionRequest request =
                DeleteExecutionRequest.newBuilder().setName(execution).build();
        found(
                "run:DeleteExecution",
                execution,
                () -> clients.executions().deleteExecutionCallable().futureCall(request));
    }

    @Override
    public List<Task> tasks(String execution) {
        List<Task> all = new ArrayList<>();
        String token = "";
        do {
            ListTasksRequest request = ListTasksRequest.newBuilder()
                    .setParent(execution)
                    .setPageSize(PAGE)
                    .setPageToken(token)
                    .build();
            ListTasksResponse page = found(
                            "run:ListTasks",
                            execution,
                            () -> clients.tasks().listTasksCallable().futureCall(request))
                    .orElse(ListTasksResponse.getDefaultInstance());
            all.addAll(page.getTasksList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    private <T> Optional<T> found(String request, String resource, Supplier<ApiFuture<T>> call) {
        try {
            return Optional.of(calls.call(request, resource, call));
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

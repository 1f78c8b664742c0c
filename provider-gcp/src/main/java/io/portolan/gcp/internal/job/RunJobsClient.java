package io.portolan.gcp.internal.job;

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
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
        return calls.find(
                "run:GetJob", name, () -> clients.jobs().getJobCallable().futureCall(request));
    }

    @Override
    public List<Job> jobs(String location) {
        return GcpCalls.all(
                token -> {
                    ListJobsRequest request = ListJobsRequest.newBuilder()
                            .setParent(location)
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build();
                    return calls.call(
                            "run:ListJobs",
                            location,
                            () -> clients.jobs().listJobsCallable().futureCall(request));
                },
                ListJobsResponse::getJobsList,
                ListJobsResponse::getNextPageToken);
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
        calls.find(
                "run:DeleteJob", job, () -> clients.jobs().deleteJobCallable().futureCall(request));
    }

    @Override
    public Optional<Execution> execution(String name) {
        GetExecutionRequest request =
                GetExecutionRequest.newBuilder().setName(name).build();
        // What is being deleted is gone for us: its name says nothing any more.
        return calls.find(
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
            ListExecutionsResponse page = calls.find(
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
        calls.find(
                "run:CancelExecution",
                execution,
                () -> clients.executions().cancelExecutionCallable().futureCall(request));
    }

    @Override
    public void deleteExecution(String execution) {
        DeleteExecutionRequest request =
                DeleteExecutionRequest.newBuilder().setName(execution).build();
        calls.find(
                "run:DeleteExecution",
                execution,
                () -> clients.executions().deleteExecutionCallable().futureCall(request));
    }

    @Override
    public List<Task> tasks(String execution) {
        return GcpCalls.all(
                token -> {
                    ListTasksRequest request = ListTasksRequest.newBuilder()
                            .setParent(execution)
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build();
                    return calls.find(
                                    "run:ListTasks",
                                    execution,
                                    () -> clients.tasks().listTasksCallable().futureCall(request))
                            .orElse(ListTasksResponse.getDefaultInstance());
                },
                ListTasksResponse::getTasksList,
                ListTasksResponse::getNextPageToken);
    }
}

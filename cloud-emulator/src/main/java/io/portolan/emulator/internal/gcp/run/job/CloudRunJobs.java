package io.portolan.emulator.internal.gcp.run.job;

import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.LogSink;
import io.portolan.emulator.internal.gcp.run.RunService;

/** The jobs of Cloud Run as a part of its API. */
public final class CloudRunJobs {
    private CloudRunJobs() {}

    /**
     * Adds jobs to the API.
     *
     * @param run the API
     * @param context with the lock
     * @param containers what runs them
     * @param logs takes what they write
     */
    public static void addTo(RunService run, GcpContext context, ContainerRuntime containers, LogSink logs) {
        Executions executions = new Executions(context, containers, logs);
        JobOperations jobs = new JobOperations(context, run.operations(), executions);
        run.add("run.jobs.", jobs::call);
        run.add("run.jobs.executions.", new ExecutionOperations(context, run.operations(), executions, jobs)::call);
    }
}

package io.portolan.emulator.internal.gcp.run.service;

import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.LogSink;
import io.portolan.emulator.internal.gcp.run.RunService;

/** The services of Cloud Run as a part of its API. */
public final class CloudRunServices implements AutoCloseable {
    private final GcpContext context;
    private final Services services = new Services();

    private CloudRunServices(GcpContext context) {
        this.context = context;
    }

    /**
     * Adds services to the API.
     *
     * @param run the API
     * @param context with the lock
     * @param containers what runs them
     * @param logs takes what they write
     */
    public static CloudRunServices addTo(
            RunService run, GcpContext context, ContainerRuntime containers, LogSink logs) {
        CloudRunServices part = new CloudRunServices(context);
        ServiceContext shared = new ServiceContext(context, containers, logs);
        Reconciler reconciler = new Reconciler(shared);
        run.add("run.services.", new ServiceOperations(shared, run.operations(), part.services, reconciler)::call);
        run.add(
                "run.services.revisions.",
                new RevisionOperations(shared, run.operations(), part.services, reconciler)::call);
        return part;
    }

    /** Ends the addresses of all services. */
    @Override
    public void close() {
        context.locked(services::close);
    }
}

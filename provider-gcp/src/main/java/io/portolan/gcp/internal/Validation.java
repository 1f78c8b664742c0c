package io.portolan.gcp.internal;

import com.google.cloud.run.v2.CreateJobRequest;
import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.UpdateJobRequest;
import com.google.cloud.run.v2.UpdateServiceRequest;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.JobMapper;
import io.portolan.gcp.internal.definition.Names;
import io.portolan.gcp.internal.definition.ServiceMapper;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;

/** Asks Cloud Run whether it would take a spec. All requests say that they only ask, so nothing is made. Thread-safe. */
final class Validation {
    private final GcpClients clients;
    private final GcpCalls calls;
    private final ProviderConfig config;

    Validation(GcpClients clients, GcpCalls calls, ProviderConfig config) {
        this.clients = clients;
        this.calls = calls;
        this.config = config;
    }

    void check(WorkloadSpec spec) {
        GcpSettings settings = GcpSettings.of(config, spec);
        if (spec instanceof JobSpec job) {
            check(JobMapper.map(job, settings), settings, Names.of(settings.application(), spec.name()));
        } else if (spec instanceof ServiceSpec service) {
            check(ServiceMapper.map(service, settings), settings, Names.of(settings.application(), spec.name()));
        }
    }

    private void check(Job job, GcpSettings settings, String id) {
        String name = settings.location() + "/jobs/" + id;
        CreateJobRequest create = CreateJobRequest.newBuilder()
                .setParent(settings.location())
                .setJobId(id)
                .setJob(job)
                .setValidateOnly(true)
                .build();
        UpdateJobRequest update = UpdateJobRequest.newBuilder()
                .setJob(job.toBuilder().setName(name))
                .setValidateOnly(true)
                .build();
        orElse(
                () -> calls.call(
                        "run:CreateJob",
                        name,
                        () -> clients.jobs().createJobCallable().futureCall(create)),
                () -> calls.call(
                        "run:UpdateJob",
                        name,
                        () -> clients.jobs().updateJobCallable().futureCall(update)));
    }

    private void check(Service service, GcpSettings settings, String id) {
        String name = settings.location() + "/services/" + id;
        CreateServiceRequest create = CreateServiceRequest.newBuilder()
                .setParent(settings.location())
                .setServiceId(id)
                .setService(service)
                .setValidateOnly(true)
                .build();
        UpdateServiceRequest update = UpdateServiceRequest.newBuilder()
                .setService(service.toBuilder().setName(name))
                .setValidateOnly(true)
                .build();
        orElse(
                () -> calls.call(
                        "run:CreateService",
                        name,
                        () -> clients.services().createServiceCallable().futureCall(create)),
                () -> calls.call(
                        "run:UpdateService",
                        name,
                        () -> clients.services().updateServiceCallable().futureCall(update)));
    }

    /** What is there already would be changed instead. */
    private static void orElse(Runnable create, Runnable update) {
        try {
            create.run();
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.ALREADY_EXISTS && e.code() != ErrorCode.CONFLICT) {
                throw e;
            }
            update.run();
        }
    }
}

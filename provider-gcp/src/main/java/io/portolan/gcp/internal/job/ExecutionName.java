package io.portolan.gcp.internal.job;

import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.Names;
import io.portolan.id.ExecutionId;

/**
 * Where an execution is on Cloud Run: a pure function of application, job and execution id. The platform names an execution after its job
 * and the token that it was started by, so the name is the identity.
 *
 * @param job the full name of the job
 * @param token what the name of the execution ends in
 */
record ExecutionName(String job, String token) {
    private static final String EXECUTIONS = "/executions/";

    static ExecutionName of(GcpSettings settings, String jobName, ExecutionId id) {
        return new ExecutionName(Names.job(settings, jobName), Names.token(id.value()));
    }

    static ExecutionName of(String job, ExecutionId id) {
        return new ExecutionName(job, Names.token(id.value()));
    }

    /** {@code projects/P/locations/R/jobs/J/executions/J-TOKEN}. */
    String full() {
        return job + EXECUTIONS + shortName();
    }

    /** {@code J-TOKEN}. */
    String shortName() {
        return shortJob() + "-" + token;
    }

    String shortJob() {
        return last(job);
    }

    /** Whether a name is this one; the platform gives some names in full and some without what is before. */
    boolean is(String name) {
        return last(name).equals(shortName());
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}

package io.portolan.emulator.internal.gcp.run.job;

import io.portolan.emulator.internal.gcp.GcpError;

/**
 * The name of a job.
 *
 * @param location such as {@code projects/p/locations/l}
 * @param id the short name
 */
record JobName(String location, String id) {
    private static final String JOBS = "/jobs/";

    /** Reads the name of a job, or that of what belongs to it. */
    static JobName of(String name) {
        int jobs = name.indexOf(JOBS);
        String rest = name.substring(jobs + JOBS.length());
        int slash = rest.indexOf('/');
        return new JobName(name.substring(0, jobs), slash < 0 ? rest : rest.substring(0, slash));
    }

    /** Whether it is one name for all jobs. */
    boolean isWildcard() {
        return id.equals("-");
    }

    String project() {
        return location.split("/", -1)[1];
    }

    String region() {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    String full() {
        return location + JOBS + id;
    }

    String execution(String executionId) {
        return full() + "/executions/" + executionId;
    }

    GcpError notFound() {
        return GcpError.notFound("job \"" + full() + "\" not found");
    }
}

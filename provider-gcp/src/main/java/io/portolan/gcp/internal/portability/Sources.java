package io.portolan.gcp.internal.portability;

/** Where the rules of findings are from, with their dates. */
final class Sources {
    static final String QUOTAS = "cloud.google.com/run/quotas (2026-11)";
    static final String TIMEOUT = "docs.cloud.google.com/run/docs/configuring/task-timeout (2026-11)";
    static final String CPU = "docs.cloud.google.com/run/docs/configuring/jobs/cpu (2026-11)";
    static final String SECRET = "Cloud Run API v2, SecretKeySelector (2026-08)";
    static final String SECRET_VOLUME = "Cloud Run API v2, SecretVolumeSource (2026-08)";
    static final String VOLUME = "Cloud Run API v2, Volume (2026-08)";
    static final String MEMORY_VOLUME = "Cloud Run API v2, EmptyDirVolumeSource (2026-08)";
    static final String CONTAINER = "docs.cloud.google.com/run/docs/container-contract (2026-11)";
    static final String IMAGES = "docs.cloud.google.com/run/docs/deploying (2026-11)";
    static final String PROBE = "Cloud Run API v2, Probe (2026-08)";
    static final String INGRESS = "Cloud Run API v2, Service.ingress (2026-08)";
    static final String LABELS = "Cloud Run API v2, Service.labels (2026-08)";
    static final String ANNOTATIONS = "Cloud Run API v2, Job.annotations (2026-08)";
    static final String JOB = "Cloud Run API v2, TaskTemplate (2026-08)";

    private Sources() {}
}

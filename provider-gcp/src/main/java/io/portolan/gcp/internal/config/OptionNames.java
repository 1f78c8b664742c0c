package io.portolan.gcp.internal.config;

import java.util.List;

/** The names of options that have no configuration key of the same name. */
public final class OptionNames {
    /** Where requests may come from: {@code ALL}, {@code INTERNAL}, {@code INTERNAL_AND_LOAD_BALANCER}. */
    public static final String INGRESS = "ingress";
    /** Whether callers need the right to invoke: covers what follows from the exposure. */
    public static final String INVOKER_CHECK = "invokerCheck";
    /** How many requests one replica answers at a time. */
    public static final String CONCURRENCY = "concurrency";
    /** How long one request may take, in seconds. */
    public static final String REQUEST_TIMEOUT = "requestTimeout";
    /** When a replica of a service has its CPU: {@code ALWAYS}, {@code REQUESTS}. */
    public static final String CPU_ALLOCATION = "cpuAllocation";
    /** Whether a container has more CPU while it starts. */
    public static final String STARTUP_BOOST = "startupCpuBoost";
    /** Whether the requests of one client go to one replica. */
    public static final String SESSION_AFFINITY = "sessionAffinity";
    /** Whether the port speaks HTTP/2 without TLS. */
    public static final String HTTP2 = "http2";
    /** Whether readiness is checked after the start too. */
    public static final String READINESS_PROBE = "readinessProbe";
    /** The generation of the sandbox: {@code GEN1}, {@code GEN2}. */
    public static final String EXECUTION_ENVIRONMENT = "executionEnvironment";
    /** Whether a service with a fixed number of replicas is scaled by hand. */
    public static final String MANUAL_SCALING = "manualScaling";
    /** Cloud SQL instances, separated by commas. */
    public static final String CLOUD_SQL = "cloudSqlInstances";
    /** The KMS key that images are encrypted with. */
    public static final String ENCRYPTION_KEY = "encryptionKey";
    /** Prefix of patches: {@code patch.Job} and {@code patch.Service}; a JSON object laid over the resource. */
    public static final String PATCH = "patch.";

    /** The resources that can be patched. */
    public static final List<String> PATCHABLE = List.of("Job", "Service");

    private OptionNames() {}
}

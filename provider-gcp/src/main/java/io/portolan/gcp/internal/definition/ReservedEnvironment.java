package io.portolan.gcp.internal.definition;

import java.util.Set;

/** Variables that the platform sets, and refuses from others. Pure. */
public final class ReservedEnvironment {
    /** Where the names are from, and when. */
    public static final String SOURCE =
            "cloud.google.com/run/docs/configuring/services/environment-variables (2026-11)";

    private static final String PREFIX = "X_GOOGLE_";

    private static final Set<String> NAMES = Set.of(
            "PORT",
            "K_SERVICE",
            "K_REVISION",
            "K_CONFIGURATION",
            "CLOUD_RUN_JOB",
            "CLOUD_RUN_EXECUTION",
            "CLOUD_RUN_TASK_INDEX",
            "CLOUD_RUN_TASK_ATTEMPT",
            "CLOUD_RUN_TASK_COUNT",
            "CLOUD_RUN_WORKER_POOL",
            "CLOUD_RUN_REVISION");

    private ReservedEnvironment() {}

    /**
     * Whether Cloud Run refuses a variable of this name.
     *
     * @param variable the name
     * @return true if it is the platform's
     */
    public static boolean has(String variable) {
        return NAMES.contains(variable) || variable.startsWith(PREFIX);
    }
}

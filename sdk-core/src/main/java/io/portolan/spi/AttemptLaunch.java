package io.portolan.spi;

import io.portolan.id.AttemptKey;
import io.portolan.spec.JobSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One attempt to launch.
 *
 * @param key its identity
 * @param spec the job
 */
public record AttemptLaunch(AttemptKey key, JobSpec spec) {
    /** Checks for null. */
    public AttemptLaunch {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(spec, "spec");
    }

    /**
     * The plain variables of the container: the user's, and those of the contract.
     *
     * @return in a stable order
     */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(spec.container().env());
        environment.put("CLOUD_RUN_JOB", spec.name());
        environment.put("CLOUD_RUN_EXECUTION", key.execution().value());
        environment.put("CLOUD_RUN_TASK_INDEX", Integer.toString(key.index()));
        environment.put("CLOUD_RUN_TASK_COUNT", Integer.toString(spec.tasks()));
        environment.put("CLOUD_RUN_TASK_ATTEMPT", Integer.toString(key.attempt()));
        return environment;
    }
}

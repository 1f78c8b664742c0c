package io.portolan.spec;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.image.ImageReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job: containers that run to their end. One run of it is an execution, which has one or more tasks that run in parallel; a task that
 * fails is tried again as often as {@link #maxRetries()} says.
 *
 * <p>Each container finds its place in {@code CLOUD_RUN_TASK_INDEX} (0 to tasks - 1), {@code CLOUD_RUN_TASK_COUNT} and {@code
 * CLOUD_RUN_TASK_ATTEMPT} (0 for the first try), on every provider.
 *
 * <p>Immutable. Equal specs have equal content; the content decides whether a second start of one execution id is the same execution.
 */
public final class JobSpec implements WorkloadSpec {
    /** Most tasks of one execution; Cloud Run's limit. Source: cloud.google.com/run/quotas (2026-11). */
    public static final int MAX_TASKS = 10_000;

    /** Most retries of one task; Cloud Run's limit. Source: cloud.google.com/run/quotas (2026-11). */
    public static final int MAX_RETRIES = 10;

    /** As many as there are tasks, also if their number changes. */
    private static final int ALL = 0;

    private static final Duration MAX_TIMEOUT = Duration.ofDays(7);

    private final String name;
    private final ContainerSpec container;
    private final int tasks;
    private final int parallelism;
    private final int maxRetries;
    private final @Nullable Duration timeout;
    private final Map<String, String> labels;
    private final List<ProviderOptions> options;

    private JobSpec(Builder b, ImageReference image) {
        this.name = b.name;
        this.container = new ContainerSpec(b, image);
        this.tasks = b.tasks;
        this.parallelism = b.parallelism == ALL ? b.tasks : Math.min(b.parallelism, b.tasks);
        this.maxRetries = b.maxRetries;
        this.timeout = b.timeout;
        this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(b.labels));
        this.options = List.copyOf(b.options);
    }

    /**
     * Starts a job.
     *
     * @param name {@code [a-z]([a-z0-9-]{0,47}[a-z0-9])?}, unique within the application
     * @return a builder
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * A builder that holds this spec.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ContainerSpec container() {
        return container;
    }

    /**
     * How many tasks one execution has.
     *
     * @return 1 to {@value #MAX_TASKS}, default 1
     */
    public int tasks() {
        return tasks;
    }

    /**
     * How many tasks run at the same time at most.
     *
     * @return 1 to {@link #tasks()}, default all
     */
    public int parallelism() {
        return parallelism;
    }

    /**
     * How often one task is tried again after a failure that a new try can mend.
     *
     * @return 0 to {@value #MAX_RETRIES}, default 0
     */
    public int maxRetries() {
        return maxRetries;
    }

    /**
     * How long one attempt may run.
     *
     * @return 1 second to 168 hours; empty for the provider's longest
     */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    @Override
    public Map<String, String> labels() {
        return labels;
    }

    @Override
    public List<ProviderOptions> options() {
        return options;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobSpec that
                && name.equals(that.name)
                && container.equals(that.container)
                && tasks == that.tasks
                && parallelism == that.parallelism
                && maxRetries == that.maxRetries
                && Objects.equals(timeout, that.timeout)
                && labels.equals(that.labels)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, container, tasks, parallelism, maxRetries, timeout, labels, options);
    }

    @Override
    public String toString() {
        return "job '" + name + "' [" + container + ", tasks=" + tasks + ", parallelism=" + parallelism
                + ", maxRetries=" + maxRetries + ", timeout=" + timeout + "]";
    }

    /** Collects a job. Not thread-safe. */
    public static final class Builder extends WorkloadBuilder<Builder> {
        private int tasks = 1;
        private int parallelism = ALL;
        private int maxRetries;
        private @Nullable Duration timeout;

        private Builder(String name) {
            super(name);
        }

        private Builder(JobSpec spec) {
            super(spec);
            this.tasks = spec.tasks;
            this.parallelism = spec.parallelism == spec.tasks ? ALL : spec.parallelism;
            this.maxRetries = spec.maxRetries;
            this.timeout = spec.timeout;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * How many tasks one execution has. Default 1.
         *
         * @param value 1 to {@value #MAX_TASKS}
         * @return this
         */
        public Builder tasks(int value) {
            tasks = value;
            return this;
        }

        /**
         * How many tasks run at the same time at most. Default: all.
         *
         * @param value 1 or more; more than {@code tasks} is the same as all
         * @return this
         */
        public Builder parallelism(int value) {
            parallelism = value < 1 ? -1 : value;
            return this;
        }

        /**
         * How often one task is tried again. Default 0: a task runs once. Retried are attempts that failed for a cause that a new try can
         * mend: an exit code, a preemption, a failure of the platform; not a missing image or a bad command.
         *
         * @param value 0 to {@value #MAX_RETRIES}
         * @return this
         */
        public Builder maxRetries(int value) {
            maxRetries = value;
            return this;
        }

        /**
         * How long one attempt may run before it is stopped with cause {@code TIMEOUT}. Default: the provider's longest.
         *
         * @param value 1 second to 168 hours
         * @return this
         */
        public Builder timeout(Duration value) {
            timeout = Objects.requireNonNull(value, "timeout");
            return this;
        }

        /**
         * Checks everything and makes the spec.
         *
         * @return the spec
         * @throws InvalidSpecException with every violation
         */
        public JobSpec build() {
            List<Violation> own = new ArrayList<>();
            SpecRules.range(own, "tasks", tasks, 1, MAX_TASKS);
            if (parallelism < 0) {
                own.add(new Violation(
                        "parallelism", "0 or less", "must be 1 or more", "leave it out to run all tasks at once"));
            }
            SpecRules.range(own, "maxRetries", maxRetries, 0, MAX_RETRIES);
            SpecRules.positiveSeconds(own, "timeout", timeout, MAX_TIMEOUT);
            requireValid("job", own);
            return new JobSpec(this, Objects.requireNonNull(image, "image"));
        }
    }
}

package io.portolan.local.internal.container;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labels of everything that this provider makes. They say whose it is and what it is for; they never hold a secret. */
public final class Labels {
    /** {@code true} on everything of ours. */
    public static final String MANAGED = "io.portolan.managed";

    /** The application. */
    public static final String APPLICATION = "io.portolan.application";

    /** What it is for, see {@link Kind}. */
    public static final String KIND = "io.portolan.kind";

    /** The execution id. */
    public static final String EXECUTION = "io.portolan.execution";

    /** The name of the job. */
    public static final String JOB = "io.portolan.job";

    /** The hash of the spec, for jobs and services. */
    public static final String SPEC_HASH = "io.portolan.spec-hash";

    /** The spec as a document. */
    public static final String SPEC = "io.portolan.spec";

    /** How many tasks the execution has. */
    public static final String TASKS = "io.portolan.tasks";

    /** The index of the task. */
    public static final String INDEX = "io.portolan.index";

    /** The attempt of the task. */
    public static final String ATTEMPT = "io.portolan.attempt";

    /** When it was made, ISO-8601, by the clock of the JVM that made it. */
    public static final String CREATED_AT = "io.portolan.created-at";

    /** Tells apart who won when several make the same. */
    public static final String NONCE = "io.portolan.nonce";

    /** Time between the request to stop and the kill, ISO-8601. */
    public static final String STOP_GRACE = "io.portolan.stop-grace";

    /** {@code true} on the volume that says that an execution is cancelled. */
    public static final String CANCELLED = "io.portolan.cancelled";

    /** The name of the service. */
    public static final String SERVICE = "io.portolan.service";

    /** The revision of the service. */
    public static final String REVISION = "io.portolan.revision";

    /** The replica of the revision. */
    public static final String REPLICA = "io.portolan.replica";

    /** What something is for: the values of {@link #KIND}. */
    public enum Kind {
        /** A container: one attempt of a task. */
        ATTEMPT,
        /** A container: one replica of a service. */
        REPLICA,
        /** A container: the stable port of a service. */
        PROXY,
        /** A container that is never started and only carries files. */
        CARRIER,
        /** An image that was built. */
        IMAGE,
        /** The network of an application. */
        NETWORK,
        /** A volume that holds nothing: its labels are the record of an execution or a service. */
        RECORD,
        /** A named volume of the user. */
        VOLUME,
        /** A volume with the secret files of one container. */
        SECRET;

        /**
         * The value of the label.
         *
         * @return for example {@code attempt}
         */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
    private static final Duration LONGEST_GRACE = Duration.ofHours(1);

    private Labels() {}

    /**
     * What everything carries.
     *
     * @param application whose it is
     * @param kind what it is for
     * @return a new map, to be added to
     */
    public static Map<String, String> of(String application, Kind kind) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(MANAGED, "true");
        labels.put(APPLICATION, application);
        labels.put(KIND, kind.text());
        return labels;
    }

    /**
     * The labels that a list is filtered by.
     *
     * @param application whose
     * @param kind what for, null for all
     * @return name to value
     */
    public static Map<String, String> filter(String application, @Nullable Kind kind) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(MANAGED, "true");
        labels.put(APPLICATION, application);
        if (kind != null) {
            labels.put(KIND, kind.text());
        }
        return labels;
    }

    /**
     * Whether something is ours.
     *
     * @param labels its labels, null for none
     * @param application the application
     * @return true only for what this SDK made for this application
     */
    public static boolean isOurs(@Nullable Map<String, String> labels, String application) {
        return labels != null
                && "true".equals(labels.get(MANAGED))
                && application.equals(labels.get(APPLICATION))
                && labels.get(KIND) != null;
    }

    /**
     * Whether something of ours is of a kind.
     *
     * @param labels its labels
     * @param kind the kind
     * @return true if it is
     */
    public static boolean isKind(Map<String, String> labels, Kind kind) {
        return kind.text().equals(labels.get(KIND));
    }

    /**
     * The labels of an attempt's container.
     *
     * @param application whose
     * @param job name of the job
     * @param key the attempt
     * @return a new map
     */
    public static Map<String, String> attempt(String application, String job, AttemptKey key) {
        Map<String, String> labels = of(application, Kind.ATTEMPT);
        labels.put(EXECUTION, key.execution().value());
        labels.put(JOB, job);
        labels.put(SPEC_HASH, key.specHash());
        labels.put(INDEX, Integer.toString(key.index()));
        labels.put(ATTEMPT, Integer.toString(key.attempt()));
        return labels;
    }

    /**
     * How long a container may take to stop.
     *
     * @param labels its labels, null for none
     * @return what it was made with, by default that of a spec
     */
    public static Duration stopGrace(@Nullable Map<String, String> labels) {
        String text = labels == null ? null : labels.get(STOP_GRACE);
        try {
            Duration grace = text == null ? DEFAULT_GRACE : Duration.parse(text);
            boolean legal = !grace.isNegative() && grace.compareTo(LONGEST_GRACE) <= 0;
            return legal ? grace : DEFAULT_GRACE; // not written by this SDK
        } catch (DateTimeParseException e) {
            return DEFAULT_GRACE; // not written by this SDK
        }
    }

    /**
     * Reads the attempt that a container belongs to.
     *
     * @param labels its labels
     * @return null if it is no attempt of ours
     */
    public static @Nullable AttemptKey attempt(Map<String, String> labels) {
        String execution = labels.get(EXECUTION);
        String hash = labels.get(SPEC_HASH);
        String index = labels.get(INDEX);
        String attempt = labels.get(ATTEMPT);
        if (!isKind(labels, Kind.ATTEMPT) || execution == null || hash == null || index == null || attempt == null) {
            return null;
        }
        try {
            return new AttemptKey(ExecutionId.of(execution), hash, Integer.parseInt(index), Integer.parseInt(attempt));
        } catch (IllegalArgumentException e) {
            return null; // not written by this SDK
        }
    }
}

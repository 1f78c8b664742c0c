package io.portolan.gcp.internal.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.gcp.internal.json.NativeJson;
import io.portolan.spec.WorkloadSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The labels and annotations of what the SDK makes. Labels are for finding and billing, and take few characters; annotations take any. So a
 * label of the user that does not fit is changed among the labels, and all labels of such a spec are kept as they are in an annotation.
 * Pure.
 */
public final class Labels {
    /** A label, always {@value #PORTOLAN}. */
    public static final String MANAGED_BY = "managed-by";
    /** A label, the application. */
    public static final String APPLICATION = "portolan-application";
    /** A label, the name of the job or the service. */
    public static final String NAME = "portolan-name";
    /** A label, {@value #JOB} or {@value #SERVICE}. */
    public static final String KIND = "portolan-kind";
    /** A label, the hash of the execution id that its name ends in. */
    public static final String EXECUTION_TOKEN = "portolan-execution";

    /** An annotation, the id of the execution. */
    public static final String EXECUTION = "portolan.io/execution";
    /** An annotation, the hash of the spec. */
    public static final String SPEC_HASH = "portolan.io/spec-hash";
    /** An annotation, the document of the spec. */
    public static final String SPEC = "portolan.io/spec";
    /** An annotation, the hash of what runs. */
    public static final String CONTENT_HASH = "portolan.io/content-hash";
    /** An annotation, the user's labels as they are, in JSON, where labels cannot hold them. */
    public static final String USER_LABELS = "portolan.io/labels";
    /** An annotation, the number of tasks. */
    public static final String TASKS = "portolan.io/tasks";
    /** An annotation, when an execution was asked for. */
    public static final String CREATED_AT = "portolan.io/created-at";
    /** An annotation, the number of the revision of a service. */
    public static final String REVISION = "portolan.io/revision";

    /** The value of {@link #MANAGED_BY}. */
    public static final String PORTOLAN = "portolan";
    /** A kind. */
    public static final String JOB = "job";
    /** A kind. */
    public static final String SERVICE = "service";

    /** Most labels of one resource. */
    public static final int MOST = 64;

    /** What the SDK adds itself, with room for those that drivers add. */
    private static final int OWN = 8;

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern VALUE = Pattern.compile("[a-z0-9_-]{0,63}");

    private Labels() {}

    /**
     * The labels of what is made for a spec: the user's as far as they fit, and over them the SDK's own.
     *
     * @param spec a job or a service
     * @param kind {@link #JOB} or {@link #SERVICE}
     * @param application the application
     * @return names to values, in a stable order
     */
    public static Map<String, String> of(WorkloadSpec spec, String kind, String application) {
        Map<String, String> labels = new LinkedHashMap<>();
        spec.labels().forEach((key, value) -> {
            if (fits(key, value) && labels.size() < MOST - OWN) {
                labels.put(key, value);
            }
        });
        spec.labels().forEach((key, value) -> {
            if (!fits(key, value) && !isReserved(key) && labels.size() < MOST - OWN) {
                labels.putIfAbsent(lowered(key), lowered(value));
            }
        });
        labels.putAll(own(kind, application));
        labels.put(NAME, spec.name());
        return labels;
    }

    /**
     * The labels by which what is ours is told from what is not.
     *
     * @param kind {@link #JOB} or {@link #SERVICE}
     * @param application the application
     * @return names to values
     */
    public static Map<String, String> own(String kind, String application) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(MANAGED_BY, PORTOLAN);
        labels.put(APPLICATION, application);
        labels.put(KIND, kind);
        return labels;
    }

    /**
     * Whether a resource is ours and of this application.
     *
     * @param labels the labels of the resource
     * @param kind {@link #JOB} or {@link #SERVICE}
     * @param application the application
     * @return true if it is
     */
    public static boolean areOwn(Map<String, String> labels, String kind, String application) {
        return labels.entrySet().containsAll(own(kind, application).entrySet());
    }

    /**
     * What becomes of the user's labels that do not fit.
     *
     * @param spec a job or a service
     * @return for example {@code Team.Name=A becomes team_name=a}; empty if all fit
     */
    public static List<String> changes(WorkloadSpec spec) {
        Map<String, String> labels = of(spec, JOB, "");
        List<String> changes = new ArrayList<>();
        spec.labels().forEach((key, value) -> {
            boolean kept = value.equals(labels.get(key)) && !isReserved(key);
            if (!kept) {
                boolean changed = !isReserved(key) && lowered(value).equals(labels.get(lowered(key)));
                changes.add(key + "=" + value
                        + (changed ? " becomes " + lowered(key) + "=" + lowered(value) : " is left out"));
            }
        });
        return changes;
    }

    /**
     * The annotation with the user's labels.
     *
     * @param spec a job or a service
     * @return empty if all labels fit
     */
    static Map<String, String> annotations(WorkloadSpec spec) {
        if (changes(spec).isEmpty()) {
            return Map.of();
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        spec.labels().forEach(all::put);
        return Map.of(USER_LABELS, all.toString());
    }

    /**
     * The labels that the user gave.
     *
     * @param labels the labels of a resource
     * @param annotations its annotations
     * @return as they stood in the spec
     */
    public static Map<String, String> ofUser(Map<String, String> labels, Map<String, String> annotations) {
        Map<String, String> found = new LinkedHashMap<>();
        String all = annotations.get(USER_LABELS);
        if (all == null) {
            labels.forEach((key, value) -> {
                if (!isReserved(key)) {
                    found.put(key, value);
                }
            });
        } else {
            NativeJson.object(all)
                    .properties()
                    .forEach(label -> found.put(label.getKey(), label.getValue().asText()));
        }
        return found;
    }

    private static boolean fits(String key, String value) {
        return KEY.matcher(key).matches() && VALUE.matcher(value).matches() && !isReserved(key);
    }

    /** Ours, and those that begin as Google's own do. */
    private static boolean isReserved(String key) {
        return key.equals(MANAGED_BY) || key.startsWith("portolan-") || key.startsWith("goog");
    }

    private static String lowered(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
    }
}

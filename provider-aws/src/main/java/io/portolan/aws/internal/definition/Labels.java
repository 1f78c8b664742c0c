package io.portolan.aws.internal.definition;

import io.portolan.spec.WorkloadSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Tag;

/** The tags of what the SDK makes. Pure. */
public final class Labels {
    /** Always {@value #PORTOLAN}. */
    public static final String MANAGED_BY = "portolan:managed-by";
    /** The application. */
    public static final String APPLICATION = "portolan:application";
    /** The name of the job or the service. */
    public static final String NAME = "portolan:name";
    /** {@value #JOB} or {@value #SERVICE}. */
    public static final String KIND = "portolan:kind";
    /** The id of the execution. */
    public static final String EXECUTION = "portolan:execution";
    /** The index of the task. */
    public static final String TASK = "portolan:task";
    /** The number of the attempt. */
    public static final String ATTEMPT = "portolan:attempt";
    /** The hash of the spec. */
    public static final String SPEC_HASH = "portolan:spec-hash";
    /** The hash of the content of a task definition. */
    public static final String CONTENT_HASH = "portolan:content-hash";
    /** The number of the revision of a service. */
    public static final String REVISION = "portolan:revision";

    /** The value of {@link #MANAGED_BY}. */
    public static final String PORTOLAN = "portolan";
    /** A kind. */
    public static final String JOB = "job";
    /** A kind. */
    public static final String SERVICE = "service";

    /** Most tags of one object. Source: ECS API, RunTaskRequest.tags (2026-08). */
    public static final int MOST = 50;

    private Labels() {}

    /**
     * The labels that everything made for a spec has: the user's, and over them the SDK's own.
     *
     * @param spec a job or a service
     * @param kind {@link #JOB} or {@link #SERVICE}
     * @param application the application
     * @return names to values, in a stable order
     */
    public static Map<String, String> of(WorkloadSpec spec, String kind, String application) {
        Map<String, String> labels = new LinkedHashMap<>(spec.labels());
        labels.put(MANAGED_BY, PORTOLAN);
        labels.put(APPLICATION, application);
        labels.put(KIND, kind);
        labels.put(NAME, spec.name());
        return labels;
    }

    /**
     * Labels as tags of ECS.
     *
     * @param labels names to values
     * @return in the order of the map
     */
    public static List<Tag> tags(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> Tag.builder()
                        .key(label.getKey())
                        .value(label.getValue())
                        .build())
                .toList();
    }

    /**
     * Tags of ECS as labels.
     *
     * @param tags the tags
     * @return names to values, in the order of the list
     */
    public static Map<String, String> of(List<Tag> tags) {
        Map<String, String> labels = new LinkedHashMap<>();
        tags.forEach(tag -> labels.put(tag.key(), tag.value()));
        return labels;
    }
}

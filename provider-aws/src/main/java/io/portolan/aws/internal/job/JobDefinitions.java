package io.portolan.aws.internal.job;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.definition.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** The task definitions of an application's jobs, for lists and clean-ups. Thread-safe. */
final class JobDefinitions {
    private final Supplier<EcsClient> ecs;
    private final AwsCalls calls;
    private final String application;

    JobDefinitions(Supplier<EcsClient> ecs, AwsCalls calls, String application) {
        this.ecs = ecs;
        this.calls = calls;
        this.application = application;
    }

    /** Families that may be of this application: another one's name may begin with its name, so look at the labels before a change. */
    List<String> families() {
        List<String> families = new ArrayList<>();
        String token = null;
        do {
            ListTaskDefinitionFamiliesRequest request = ListTaskDefinitionFamiliesRequest.builder()
                    .familyPrefix("portolan-" + application + "-job-")
                    .status(TaskDefinitionFamilyStatus.ACTIVE)
                    .nextToken(token)
                    .build();
            ListTaskDefinitionFamiliesResponse page = calls.call(
                    "ecs:ListTaskDefinitionFamilies",
                    application,
                    () -> ecs.get().listTaskDefinitionFamilies(request));
            families.addAll(page.families());
            token = page.nextToken();
        } while (token != null);
        return families;
    }

    /** The ARNs of the active revisions of a family but for the newest. */
    List<String> superseded(String family) {
        List<String> arns = new ArrayList<>();
        String token = null;
        do {
            ListTaskDefinitionsRequest request = ListTaskDefinitionsRequest.builder()
                    .familyPrefix(family)
                    .status(TaskDefinitionStatus.ACTIVE)
                    .sort(SortOrder.DESC)
                    .nextToken(token)
                    .build();
            ListTaskDefinitionsResponse page = calls.call(
                    "ecs:ListTaskDefinitions", family, () -> ecs.get().listTaskDefinitions(request));
            arns.addAll(page.taskDefinitionArns());
            token = page.nextToken();
        } while (token != null);
        return arns.isEmpty() ? List.of() : List.copyOf(arns.subList(1, arns.size()));
    }

    DescribeTaskDefinitionResponse describe(String arn) {
        DescribeTaskDefinitionRequest request = DescribeTaskDefinitionRequest.builder()
                .taskDefinition(arn)
                .include(TaskDefinitionField.TAGS)
                .build();
        return calls.call("ecs:DescribeTaskDefinition", arn, () -> ecs.get().describeTaskDefinition(request));
    }

    /** Our labels, empty if it is not this SDK's or of another application. */
    Map<String, String> labels(DescribeTaskDefinitionResponse definition) {
        Map<String, String> labels = new LinkedHashMap<>(Labels.of(definition.tags()));
        boolean isOurs = Labels.PORTOLAN.equals(labels.get(Labels.MANAGED_BY))
                && application.equals(labels.get(Labels.APPLICATION))
                && Labels.JOB.equals(labels.get(Labels.KIND));
        return isOurs ? labels : Map.of();
    }

    void deregister(String arn) {
        calls.call(
                "ecs:DeregisterTaskDefinition",
                arn,
                () -> ecs.get()
                        .deregisterTaskDefinition(DeregisterTaskDefinitionRequest.builder()
                                .taskDefinition(arn)
                                .build()));
    }
}

package io.portolan.aws.internal.service;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.aws.internal.definition.TaskDefinitionMapper;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spi.ServiceDriver.ServiceRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** The revisions of services: the active task definitions of a family, with what their tags say. Thread-safe. */
final class Revisions {
    /** How many are kept to go back to. */
    static final int KEPT = 20;

    private final ServiceClients clients;
    private final AwsCalls calls;
    private final ServiceNames names;
    private final ConcurrentMap<String, Revision> decided = new ConcurrentHashMap<>();

    Revisions(ServiceClients clients, AwsCalls calls, ServiceNames names) {
        this.clients = clients;
        this.calls = calls;
        this.names = names;
    }

    /** Those of a service, newest first. */
    List<Revision> list(String name) {
        List<Revision> found = new ArrayList<>();
        for (String arn : arns(names.family(name))) {
            read(name, arn).ifPresent(found::add);
        }
        found.sort(Comparator.comparingInt(Revision::number)
                .thenComparingInt(r -> nativeNumber(r.arn()))
                .reversed());
        return found;
    }

    /** One that is active. */
    private Optional<Revision> read(String name, String arn) {
        Revision known = decided.get(arn);
        if (known != null) {
            return Optional.of(known);
        }
        DescribeTaskDefinitionRequest request = DescribeTaskDefinitionRequest.builder()
                .taskDefinition(arn)
                .include(TaskDefinitionField.TAGS)
                .build();
        DescribeTaskDefinitionResponse answer = calls.call(
                "ecs:DescribeTaskDefinition", name, () -> clients.ecs().describeTaskDefinition(request));
        if (!names.owns(name, Labels.of(answer.tags()))) {
            return Optional.empty();
        }
        Optional<Revision> revision = RevisionMapper.of(answer.taskDefinition(), answer.tags());
        revision.ifPresent(this::remember);
        return revision;
    }

    /** The content never changes; only an outcome that is not known yet may come to be. */
    private void remember(Revision revision) {
        if (revision.outcome() != Revision.Outcome.OPEN) {
            decided.put(revision.arn(), revision);
        }
    }

    /**
     * Makes the next one, or takes one that was registered for the same and never deployed: the call that would have done so was lost.
     *
     * @param used ARNs of those that were deployed
     */
    Revision next(ServiceRequest wanted, AwsSettings settings, List<Revision> known, Collection<String> used) {
        RegisterTaskDefinitionRequest definition =
                TaskDefinitionMapper.service(wanted.spec(), settings, clients.region());
        String content = Labels.of(definition.tags()).getOrDefault(Labels.CONTENT_HASH, "");
        Optional<Revision> unused = known.stream()
                .limit(1)
                .filter(r -> r.outcome() == Revision.Outcome.OPEN && !used.contains(r.arn()))
                .filter(r -> r.specHash().equals(wanted.specHash())
                        && r.contentHash().equals(content))
                .findFirst();
        if (unused.isPresent()) {
            return unused.get();
        }
        int number = known.stream().mapToInt(Revision::number).max().orElse(0) + 1;
        RegisterTaskDefinitionRequest request =
                RevisionMapper.request(definition, number, wanted.specHash(), wanted.document());
        RegisterTaskDefinitionResponse answer = calls.call(
                "ecs:RegisterTaskDefinition",
                wanted.spec().name(),
                () -> clients.ecs().registerTaskDefinition(request));
        return RevisionMapper.of(answer.taskDefinition(), request.tags()).orElseThrow();
    }

    /** Writes down what became of one. */
    Revision mark(String name, Revision revision, Revision.Outcome outcome) {
        TagResourceRequest request = TagResourceRequest.builder()
                .resourceArn(revision.arn())
                .tags(RevisionMapper.tag(outcome))
                .build();
        calls.call("ecs:TagResource", name, () -> clients.ecs().tagResource(request));
        Revision marked = revision.with(outcome);
        remember(marked);
        return marked;
    }

    /** Gives the oldest up, except those in use. */
    void retire(String name, Collection<String> used) {
        list(name).stream()
                .skip(KEPT)
                .map(Revision::arn)
                .filter(arn -> !used.contains(arn))
                .forEach(arn -> remove(name, arn));
    }

    /** Gives all up: the service is gone. */
    void removeAll(String name) {
        list(name).forEach(revision -> remove(name, revision.arn()));
    }

    /** Gives one up. Idempotent. */
    void remove(String name, String arn) {
        DeregisterTaskDefinitionRequest request =
                DeregisterTaskDefinitionRequest.builder().taskDefinition(arn).build();
        try {
            calls.call("ecs:DeregisterTaskDefinition", name, () -> clients.ecs().deregisterTaskDefinition(request));
        } catch (PortolanException e) {
            // Another process was faster.
            if (e.code() != ErrorCode.INVALID_ARGUMENT && e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
        decided.remove(arn);
    }

    /** The names of the services of the application that have revisions, whether there is a service or not. */
    Set<String> services() {
        return families().stream()
                .filter(family -> family.startsWith(names.family("")))
                .map(family -> family.substring(names.family("").length()))
                .collect(Collectors.toSet());
    }

    private List<String> families() {
        List<String> families = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            var answer = calls.call(
                    "ecs:ListTaskDefinitionFamilies",
                    names.family(""),
                    () -> clients.ecs()
                            .listTaskDefinitionFamilies(b -> b.familyPrefix(names.family(""))
                                    .status("ACTIVE")
                                    .nextToken(from)));
            families.addAll(answer.families());
            token = answer.nextToken();
        } while (token != null);
        return families;
    }

    private List<String> arns(String family) {
        List<String> arns = new ArrayList<>();
        @Nullable String token = null;
        do {
            ListTaskDefinitionsRequest request = ListTaskDefinitionsRequest.builder()
                    .familyPrefix(family)
                    .status(TaskDefinitionStatus.ACTIVE)
                    .sort(SortOrder.DESC)
                    .nextToken(token)
                    .build();
            ListTaskDefinitionsResponse answer = calls.call(
                    "ecs:ListTaskDefinitions", family, () -> clients.ecs().listTaskDefinitions(request));
            arns.addAll(answer.taskDefinitionArns());
            token = answer.nextToken();
        } while (token != null);
        return arns;
    }

    private static int nativeNumber(String arn) {
        return Integer.parseInt(arn.substring(arn.lastIndexOf(':') + 1));
    }
}

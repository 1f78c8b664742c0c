package io.portolan.aws.internal.service;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreatedAt;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

/** The requests about the deployments of services, which alone tell a success from a way back. Thread-safe. */
final class Rollouts {
    private static final Set<ServiceDeploymentStatus> OVER = Set.of(
            ServiceDeploymentStatus.SUCCESSFUL,
            ServiceDeploymentStatus.STOPPED,
            ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL,
            ServiceDeploymentStatus.ROLLBACK_FAILED);

    private final ServiceClients clients;
    private final AwsCalls calls;
    private final ServiceNames names;
    private final String cluster;

    Rollouts(ServiceClients clients, AwsCalls calls, ServiceNames names, String cluster) {
        this.clients = clients;
        this.calls = calls;
        this.names = names;
        this.cluster = cluster;
    }

    static boolean isOver(ServiceDeploymentBrief deployment) {
        return OVER.contains(deployment.status());
    }

    /** Neither over nor on the way back. */
    static boolean isUnderWay(ServiceDeploymentBrief deployment) {
        return deployment.status() == ServiceDeploymentStatus.PENDING
                || deployment.status() == ServiceDeploymentStatus.IN_PROGRESS;
    }

    /**
     * Deployments that were known at one time. AWS remembers them for months: later ones are asked for by the time of the newest.
     *
     * @param arns the deployments
     * @param since when the newest was made, by the clock of AWS; null if there was none
     */
    record Known(Set<String> arns, @Nullable Instant since) {
        static final Known NONE = new Known(Set.of(), null);

        static Known of(List<ServiceDeploymentBrief> deployments) {
            Set<String> arns = deployments.stream()
                    .map(ServiceDeploymentBrief::serviceDeploymentArn)
                    .collect(Collectors.toSet());
            return new Known(
                    arns,
                    deployments.isEmpty()
                            ? null
                            : deployments.get(deployments.size() - 1).createdAt());
        }
    }

    /** Those that AWS knows, oldest first; of a service that is gone, none. */
    List<ServiceDeploymentBrief> list(String name) {
        return list(name, null);
    }

    /** Those that were made since, oldest first. */
    List<ServiceDeploymentBrief> later(String name, Known known) {
        Instant since = known.since() == null ? null : known.since().minusSeconds(1);
        return list(name, since).stream()
                .filter(d -> !known.arns().contains(d.serviceDeploymentArn()))
                .toList();
    }

    private List<ServiceDeploymentBrief> list(String name, @Nullable Instant since) {
        List<ServiceDeploymentBrief> found = new ArrayList<>();
        @Nullable String token = null;
        do {
            ListServiceDeploymentsRequest request = ListServiceDeploymentsRequest.builder()
                    .cluster(cluster)
                    .service(names.service(name))
                    .createdAt(
                            since == null
                                    ? null
                                    : CreatedAt.builder().after(since).build())
                    .nextToken(token)
                    .build();
            ListServiceDeploymentsResponse answer;
            try {
                answer = calls.call(
                        "ecs:ListServiceDeployments", name, () -> clients.ecs().listServiceDeployments(request));
            } catch (PortolanException e) {
                if (e.code() == ErrorCode.NOT_FOUND) {
                    return List.of();
                }
                throw e;
            }
            found.addAll(answer.serviceDeployments());
            token = answer.nextToken();
        } while (token != null);
        found.sort(Comparator.comparing(d -> Objects.requireNonNullElse(d.createdAt(), Instant.EPOCH)));
        return found;
    }

    /** One in full, null if AWS does not show it. */
    @Nullable
    ServiceDeployment describe(String name, String arn) {
        DescribeServiceDeploymentsRequest request = DescribeServiceDeploymentsRequest.builder()
                .serviceDeploymentArns(arn)
                .build();
        return calls
                .call(
                        "ecs:DescribeServiceDeployments",
                        name,
                        () -> clients.ecs().describeServiceDeployments(request))
                .serviceDeployments()
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Whether a deployment brings a task definition. */
    boolean brings(String name, ServiceDeploymentBrief deployment, String taskDefinition) {
        if (deployment.targetServiceRevisionArn() == null) {
            return false;
        }
        DescribeServiceRevisionsRequest request = DescribeServiceRevisionsRequest.builder()
                .serviceRevisionArns(deployment.targetServiceRevisionArn())
                .build();
        return calls
                .call("ecs:DescribeServiceRevisions", name, () -> clients.ecs().describeServiceRevisions(request))
                .serviceRevisions()
                .stream()
                .anyMatch(revision -> taskDefinition.equals(revision.taskDefinition()));
    }

    /** Asks for the way back; nothing happens to a deployment that is over. */
    void stop(String name, String arn) {
        StopServiceDeploymentRequest request = StopServiceDeploymentRequest.builder()
                .serviceDeploymentArn(arn)
                .stopType(StopServiceDeploymentStopType.ROLLBACK)
                .build();
        try {
            calls.call("ecs:StopServiceDeployment", name, () -> clients.ecs().stopServiceDeployment(request));
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.CONFLICT && e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }
}

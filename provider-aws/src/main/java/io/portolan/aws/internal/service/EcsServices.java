package io.portolan.aws.internal.service;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DescribeExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ECSExpressGatewayService;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.ResourceManagementType;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** The requests about services and their tasks. Thread-safe. */
final class EcsServices {
    /** Most services of one request. Source: ECS API, DescribeServicesRequest (2026-08). */
    private static final int SERVICES_AT_ONCE = 10;

    /** Most tasks of one request. Source: ECS API, DescribeTasksRequest (2026-08). */
    private static final int TASKS_AT_ONCE = 100;

    private final ServiceClients clients;
    private final AwsCalls calls;
    private final ServiceNames names;
    private final String cluster;

    EcsServices(ServiceClients clients, AwsCalls calls, ServiceNames names, String cluster) {
        this.clients = clients;
        this.calls = calls;
        this.names = names;
        this.cluster = cluster;
    }

    /** A service of this application that is there or going. */
    Optional<Service> find(String name) {
        return describe(List.of(names.service(name))).stream()
                .filter(service -> !isGone(service))
                .filter(service -> names.owns(name, Labels.of(service.tags())))
                .findFirst();
    }

    /** All that are there, of this application. */
    List<Service> all() {
        List<String> arns = new ArrayList<>();
        @Nullable String token = null;
        do {
            ListServicesRequest request = ListServicesRequest.builder()
                    .cluster(cluster)
                    .maxResults(TASKS_AT_ONCE)
                    .nextToken(token)
                    .build();
            ListServicesResponse answer =
                    calls.call("ecs:ListServices", cluster, () -> clients.ecs().listServices(request));
            arns.addAll(answer.serviceArns());
            token = answer.nextToken();
        } while (token != null);
        List<String> ours = arns.stream()
                .filter(arn -> ServiceNames.lastPart(arn).startsWith(names.prefix()))
                .toList();
        return pieces(ours, SERVICES_AT_ONCE)
                .flatMap(piece -> describe(piece).stream())
                .filter(service -> !isGone(service) && names.owns(Labels.of(service.tags())))
                .toList();
    }

    private List<Service> describe(List<String> services) {
        DescribeServicesRequest request = DescribeServicesRequest.builder()
                .cluster(cluster)
                .services(services)
                .include(ServiceField.TAGS)
                .build();
        return calls.call(
                        "ecs:DescribeServices",
                        services.get(0),
                        () -> clients.ecs().describeServices(request))
                .services();
    }

    /** What only an Express service has: its URL and its range of replicas. */
    Optional<ECSExpressGatewayService> express(Service service) {
        DescribeExpressGatewayServiceRequest request = DescribeExpressGatewayServiceRequest.builder()
                .serviceArn(service.serviceArn())
                .build();
        try {
            return Optional.ofNullable(calls.call(
                            "ecs:DescribeExpressGatewayService",
                            service.serviceName(),
                            () -> clients.ecs().describeExpressGatewayService(request))
                    .service());
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Makes a service, or changes one. */
    void send(String name, SdkPojo request) {
        if (request instanceof CreateServiceRequest create) {
            calls.call("ecs:CreateService", name, () -> clients.ecs().createService(create));
        } else if (request instanceof UpdateServiceRequest update) {
            calls.call("ecs:UpdateService", name, () -> clients.ecs().updateService(update));
        } else if (request instanceof CreateExpressGatewayServiceRequest create) {
            calls.call(
                    "ecs:CreateExpressGatewayService", name, () -> clients.ecs().createExpressGatewayService(create));
        } else if (request instanceof UpdateExpressGatewayServiceRequest update) {
            calls.call(
                    "ecs:UpdateExpressGatewayService", name, () -> clients.ecs().updateExpressGatewayService(update));
        } else {
            throw new IllegalArgumentException("no request about a service: " + request.getClass());
        }
    }

    /** Another number of replicas. */
    void desire(String name, int replicas) {
        send(
                name,
                UpdateServiceRequest.builder()
                        .cluster(cluster)
                        .service(names.service(name))
                        .desiredCount(replicas)
                        .build());
    }

    /** Asks for the end of a service; it takes its time. */
    void delete(String name, Service service) {
        try {
            if (isExpress(service)) {
                DeleteExpressGatewayServiceRequest request = DeleteExpressGatewayServiceRequest.builder()
                        .serviceArn(service.serviceArn())
                        .build();
                calls.call(
                        "ecs:DeleteExpressGatewayService",
                        name,
                        () -> clients.ecs().deleteExpressGatewayService(request));
            } else {
                DeleteServiceRequest request = DeleteServiceRequest.builder()
                        .cluster(cluster)
                        .service(names.service(name))
                        .force(true)
                        .build();
                calls.call("ecs:DeleteService", name, () -> clients.ecs().deleteService(request));
            }
        } catch (PortolanException e) {
            // It is gone, or going, already.
            if (e.code() != ErrorCode.NOT_FOUND
                    && e.nativeCode()
                            .filter("ServiceNotActiveException"::equals)
                            .isEmpty()) {
                throw e;
            }
        }
    }

    /** The tasks of a service: those that are to run, or those that ended a short while ago. */
    List<Task> tasks(String name, DesiredStatus status) {
        List<String> arns = new ArrayList<>();
        @Nullable String token = null;
        do {
            ListTasksRequest request = ListTasksRequest.builder()
                    .cluster(cluster)
                    .serviceName(names.service(name))
                    .desiredStatus(status)
                    .nextToken(token)
                    .build();
            ListTasksResponse answer =
                    calls.call("ecs:ListTasks", name, () -> clients.ecs().listTasks(request));
            arns.addAll(answer.taskArns());
            token = answer.nextToken();
        } while (token != null);
        return pieces(arns, TASKS_AT_ONCE)
                .flatMap(piece -> calls
                        .call(
                                "ecs:DescribeTasks",
                                name,
                                () -> clients.ecs()
                                        .describeTasks(b -> b.cluster(cluster).tasks(piece)))
                        .tasks()
                        .stream())
                .toList();
    }

    static boolean isExpress(Service service) {
        return service.resourceManagementType() == ResourceManagementType.ECS
                || Labels.of(service.tags()).containsKey(ExpressServiceMapper.EXPRESS);
    }

    static boolean isGoing(Service service) {
        return "DRAINING".equals(service.status());
    }

    private static boolean isGone(Service service) {
        return "INACTIVE".equals(service.status());
    }

    private static Stream<List<String>> pieces(List<String> all, int size) {
        return IntStream.range(0, (all.size() + size - 1) / size)
                .mapToObj(i -> all.subList(i * size, Math.min(all.size(), (i + 1) * size)));
    }
}

package io.portolan.aws.internal.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AccessType;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.CreateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateExpressGatewayServiceResponse;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteExpressGatewayServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.DescribeExpressGatewayServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ECSExpressGatewayService;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.EcsRequest;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayScalingTarget;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceConfiguration;
import software.amazon.awssdk.services.ecs.model.IngressPathSummary;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.ecs.model.UpdateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateExpressGatewayServiceResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** One service at ECS, in memory. What happens to its deployments is up to the test. */
final class FakeEcs implements EcsClient {
    private static final String ARN = "arn:aws:ecs:eu-central-1:123456789012:";

    final List<String> changes = new ArrayList<>();
    final List<EcsRequest> requests = new ArrayList<>();
    final Map<String, TaskDefinition> definitions = new LinkedHashMap<>();
    final Map<String, List<Tag>> tags = new LinkedHashMap<>();
    final List<ServiceDeploymentBrief> deployments = new ArrayList<>();
    final List<Task> tasks = new ArrayList<>();
    /** Gone before the first one. */
    Service service = Service.builder().status("INACTIVE").build();
    /** Why AWS makes no service; empty if it does. */
    String refusal = "";
    /** What the service goes back to. */
    private String stable = "";

    /** How often AWS is too busy to say how a deployment goes. */
    int busy;

    private ExpressGatewayScalingTarget target =
            ExpressGatewayScalingTarget.builder().build();
    private int number;
    private Instant now = Instant.parse("2026-11-01T10:00:00Z");

    private Instant tick() {
        now = now.plusSeconds(1);
        return now;
    }

    private void changed(String operation, EcsRequest request) {
        changes.add(operation);
        requests.add(request);
    }

    <R> R last(Class<R> type) {
        return requests.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    /** What a deployment wants becomes so. */
    void succeed() {
        String wanted = primary();
        replaceLast(ServiceDeploymentStatus.SUCCESSFUL, null);
        stable = wanted;
        settle(wanted);
    }

    /** A deployment goes the way back. */
    void rollBack(String reason) {
        boolean way = !stable.isEmpty();
        replaceLast(
                way ? ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL : ServiceDeploymentStatus.ROLLBACK_FAILED, reason);
        if (way) {
            settle(stable);
        }
    }

    private static EcsException refused(String code, String message) {
        return (EcsException) EcsException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .statusCode(400)
                .build();
    }

    private void settle(String definition) {
        service = service.toBuilder()
                .taskDefinition(definition)
                .deployments(deployment("PRIMARY", definition, DeploymentRolloutState.COMPLETED))
                .runningCount(service.desiredCount())
                .pendingCount(0)
                .build();
        tasks.removeIf(t -> "RUNNING".equals(t.desiredStatus()));
        for (int i = 0; i < service.desiredCount(); i++) {
            tasks.add(task(definition, "RUNNING").build());
        }
    }

    /** A replica of the newest deployment ends. */
    void end(String reason, @Nullable Integer exitCode, TaskStopCode code) {
        tasks.add(task(primary(), "STOPPED")
                .stopCode(code)
                .stoppedReason(exitCode == null ? reason : "Essential container in task exited")
                .containers(Container.builder()
                        .name("Main")
                        .exitCode(exitCode)
                        .reason(reason)
                        .build())
                .build());
    }

    /** A replica of the newest deployment runs. */
    void run() {
        tasks.add(task(primary(), "RUNNING").build());
    }

    /** The newest deployment is on its way still. */
    void beginAgain() {
        stable = definitions.keySet().iterator().next();
        begin(primary());
    }

    /** Another process deploys something else. */
    void overtake() {
        replaceLast(ServiceDeploymentStatus.STOPPED, "Service deployment was replaced by a newer one.");
        deployments.add(brief(ServiceDeploymentStatus.IN_PROGRESS));
    }

    private Task.Builder task(String definition, String status) {
        return Task.builder()
                .taskArn(ARN + "task/default/t" + ++number)
                .taskDefinitionArn(definition)
                .desiredStatus(status)
                .lastStatus(status)
                .createdAt(tick());
    }

    private static Deployment deployment(String status, String definition, DeploymentRolloutState state) {
        return Deployment.builder()
                .status(status)
                .taskDefinition(definition)
                .rolloutState(state)
                .build();
    }

    private String primary() {
        return service.deployments().get(0).taskDefinition();
    }

    private ServiceDeploymentBrief brief(ServiceDeploymentStatus status) {
        return ServiceDeploymentBrief.builder()
                .serviceDeploymentArn(ARN + "service-deployment/default/s/" + ++number)
                .createdAt(tick())
                .status(status)
                .build();
    }

    private void replaceLast(ServiceDeploymentStatus status, @Nullable String reason) {
        ServiceDeploymentBrief last = deployments.remove(deployments.size() - 1);
        deployments.add(last.toBuilder().status(status).statusReason(reason).build());
    }

    private void begin(String definition) {
        List<Deployment> all = new ArrayList<>();
        all.add(deployment("PRIMARY", definition, DeploymentRolloutState.IN_PROGRESS));
        if (!stable.isEmpty() && !stable.equals(definition)) {
            all.add(deployment("ACTIVE", stable, DeploymentRolloutState.COMPLETED));
        }
        service = service.toBuilder().deployments(all).build();
        deployments.add(brief(ServiceDeploymentStatus.IN_PROGRESS));
    }

    @Override
    public RegisterTaskDefinitionResponse registerTaskDefinition(RegisterTaskDefinitionRequest request) {
        changed("RegisterTaskDefinition", request);
        String arn = ARN + "task-definition/" + request.family() + ":" + ++number;
        TaskDefinition definition = TaskDefinition.builder()
                .taskDefinitionArn(arn)
                .containerDefinitions(request.containerDefinitions())
                .registeredAt(tick())
                .build();
        definitions.put(arn, definition);
        tags.put(arn, request.tags());
        return RegisterTaskDefinitionResponse.builder()
                .taskDefinition(definition)
                .build();
    }

    @Override
    public DeregisterTaskDefinitionResponse deregisterTaskDefinition(DeregisterTaskDefinitionRequest request) {
        changed("DeregisterTaskDefinition", request);
        definitions.remove(request.taskDefinition());
        return DeregisterTaskDefinitionResponse.builder().build();
    }

    @Override
    public ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request) {
        return ListTaskDefinitionsResponse.builder()
                .taskDefinitionArns(definitions.keySet())
                .build();
    }

    @Override
    public ListTaskDefinitionFamiliesResponse listTaskDefinitionFamilies(ListTaskDefinitionFamiliesRequest request) {
        return ListTaskDefinitionFamiliesResponse.builder()
                .families(definitions.keySet().stream()
                        .map(arn -> arn.substring(arn.indexOf('/') + 1, arn.lastIndexOf(':')))
                        .distinct()
                        .toList())
                .build();
    }

    @Override
    public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
        return DescribeTaskDefinitionResponse.builder()
                .taskDefinition(definitions.get(request.taskDefinition()))
                .tags(tags.get(request.taskDefinition()))
                .build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        changed("TagResource " + request.tags().get(0).value(), request);
        List<Tag> all = new ArrayList<>(tags.get(request.resourceArn()));
        all.addAll(request.tags());
        tags.put(request.resourceArn(), all);
        return TagResourceResponse.builder().build();
    }

    @Override
    public CreateServiceResponse createService(CreateServiceRequest request) {
        if (!refusal.isEmpty()) {
            throw refused("InvalidParameterException", refusal);
        }
        changed("CreateService", request);
        deployments.clear();
        stable = "";
        service = Service.builder()
                .serviceName(request.serviceName())
                .serviceArn(ARN + "service/default/" + request.serviceName())
                .status("ACTIVE")
                .desiredCount(request.desiredCount())
                .runningCount(0)
                .pendingCount(request.desiredCount())
                .tags(request.tags())
                .createdAt(tick())
                .build();
        begin(request.taskDefinition());
        return CreateServiceResponse.builder().service(service).build();
    }

    @Override
    public CreateExpressGatewayServiceResponse createExpressGatewayService(CreateExpressGatewayServiceRequest request) {
        createService(CreateServiceRequest.builder()
                .serviceName(request.serviceName())
                .taskDefinition(request.taskDefinitionArn())
                .desiredCount(request.scalingTarget().minTaskCount())
                .tags(request.tags())
                .build());
        changes.set(changes.size() - 1, "CreateExpressGatewayService");
        target = request.scalingTarget();
        return CreateExpressGatewayServiceResponse.builder().build();
    }

    @Override
    public UpdateExpressGatewayServiceResponse updateExpressGatewayService(UpdateExpressGatewayServiceRequest request) {
        changed("UpdateExpressGatewayService", request);
        target = request.scalingTarget();
        service = service.toBuilder().desiredCount(target.minTaskCount()).build();
        if (request.taskDefinitionArn() != null) {
            begin(request.taskDefinitionArn());
        }
        return UpdateExpressGatewayServiceResponse.builder().build();
    }

    @Override
    public DescribeExpressGatewayServiceResponse describeExpressGatewayService(
            DescribeExpressGatewayServiceRequest request) {
        ExpressGatewayServiceConfiguration configuration = ExpressGatewayServiceConfiguration.builder()
                .scalingTarget(target)
                .ingressPaths(IngressPathSummary.builder()
                        .accessType(AccessType.PUBLIC)
                        .endpoint("web.example")
                        .build())
                .build();
        return DescribeExpressGatewayServiceResponse.builder()
                .service(ECSExpressGatewayService.builder()
                        .activeConfigurations(configuration)
                        .build())
                .build();
    }

    @Override
    public DeleteExpressGatewayServiceResponse deleteExpressGatewayService(DeleteExpressGatewayServiceRequest request) {
        changed("DeleteExpressGatewayService", request);
        service = service.toBuilder().status("DRAINING").build();
        return DeleteExpressGatewayServiceResponse.builder().build();
    }

    @Override
    public DescribeServiceDeploymentsResponse describeServiceDeployments(DescribeServiceDeploymentsRequest request) {
        return DescribeServiceDeploymentsResponse.builder().build();
    }

    @Override
    public UpdateServiceResponse updateService(UpdateServiceRequest request) {
        changed("UpdateService", request);
        if (request.desiredCount() != null) {
            service = service.toBuilder().desiredCount(request.desiredCount()).build();
        }
        if (request.taskDefinition() != null) {
            begin(request.taskDefinition());
        }
        return UpdateServiceResponse.builder().service(service).build();
    }

    @Override
    public DeleteServiceResponse deleteService(DeleteServiceRequest request) {
        changed("DeleteService", request);
        service = service.toBuilder().status("DRAINING").build();
        return DeleteServiceResponse.builder().service(service).build();
    }

    @Override
    public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
        return DescribeServicesResponse.builder().services(List.of(service)).build();
    }

    @Override
    public ListServicesResponse listServices(ListServicesRequest request) {
        return ListServicesResponse.builder()
                .serviceArns("INACTIVE".equals(service.status()) ? List.of() : List.of(service.serviceArn()))
                .build();
    }

    @Override
    public ListServiceDeploymentsResponse listServiceDeployments(ListServiceDeploymentsRequest request) {
        if (busy > 0) {
            busy--;
            throw refused("ThrottlingException", "Rate exceeded");
        }
        return ListServiceDeploymentsResponse.builder()
                .serviceDeployments(deployments)
                .build();
    }

    @Override
    public StopServiceDeploymentResponse stopServiceDeployment(StopServiceDeploymentRequest request) {
        changed("StopServiceDeployment", request);
        if (deployments.get(deployments.size() - 1).status() == ServiceDeploymentStatus.SUCCESSFUL) {
            throw refused("ConflictException", "it is over");
        }
        rollBack("stopped");
        return StopServiceDeploymentResponse.builder().build();
    }

    @Override
    public ListTasksResponse listTasks(ListTasksRequest request) {
        return ListTasksResponse.builder()
                .taskArns(tasks.stream()
                        .filter(t -> t.desiredStatus().equals(request.desiredStatusAsString()))
                        .map(Task::taskArn)
                        .toList())
                .build();
    }

    @Override
    public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
        return DescribeTasksResponse.builder()
                .tasks(tasks.stream()
                        .filter(t -> request.tasks().contains(t.taskArn()))
                        .toList())
                .build();
    }

    @Override
    public String serviceName() {
        return "ecs";
    }

    @Override
    public void close() {}
}

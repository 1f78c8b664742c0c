package io.portolan.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.aws.internal.json.NativeJson;
import io.portolan.aws.option.DeploymentStrategy;
import io.portolan.aws.option.ScalingMetric;
import io.portolan.aws.option.ServiceExposure;
import io.portolan.id.ProviderId;
import io.portolan.spec.ProviderOptions;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/**
 * Settings of a job or a service that only AWS knows. Other providers ignore them and say so in the portability report.
 *
 * <p>Where there is a key of the same meaning in the configuration, the option covers it. What has no setter of its own can be laid over the
 * native request as a patch: the typed setters take the vendor's own builders, and keep what they set as JSON, so that it is part of the
 * spec, of its hash, of the plan and of spec files ({@code options.aws.patch.RunTask}). In a patch, objects are merged, lists of objects
 * element by element (the container is the first), everything else is replaced.
 *
 * <p>Immutable and thread-safe; the setters return changed copies.
 */
public final class AwsOptions implements ProviderOptions {
    /** Nothing set. */
    public static final AwsOptions NONE = new AwsOptions(Map.of());

    private final Map<String, String> settings;

    private AwsOptions(Map<String, String> settings) {
        this.settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * Where tasks run.
     *
     * @param name {@code FARGATE}, {@code FARGATE_SPOT}, {@code EC2}, or a capacity provider of the cluster
     * @return a changed copy
     */
    public AwsOptions capacity(String name) {
        return with("capacity", name);
    }

    /**
     * The role that the program in the container has.
     *
     * @param arn its ARN
     * @return a changed copy
     */
    public AwsOptions taskRole(String arn) {
        return with("taskRole", arn);
    }

    /**
     * The role by which ECS pulls images, reads secrets and writes logs.
     *
     * @param arn its ARN
     * @return a changed copy
     */
    public AwsOptions executionRole(String arn) {
        return with("executionRole", arn);
    }

    /**
     * The subnets of the tasks.
     *
     * @param ids their ids
     * @return a changed copy
     */
    public AwsOptions subnets(String... ids) {
        return with("subnets", String.join(",", ids));
    }

    /**
     * The security groups of the tasks.
     *
     * @param ids their ids
     * @return a changed copy
     */
    public AwsOptions securityGroups(String... ids) {
        return with("securityGroups", String.join(",", ids));
    }

    /**
     * Whether tasks get a public address.
     *
     * @param value default false
     * @return a changed copy
     */
    public AwsOptions assignPublicIp(boolean value) {
        return with("assignPublicIp", Boolean.toString(value));
    }

    /**
     * How a service is reached.
     *
     * @param value default: {@code EXPRESS} for a public service; for an internal one {@code SERVICE_CONNECT} where a namespace is
     *     configured, else {@code NONE}
     * @return a changed copy
     */
    public AwsOptions exposure(ServiceExposure value) {
        return with(OptionNames.EXPOSURE, value.name());
    }

    /**
     * Registers the replicas of a service with a target group, whose load balancer and listener exist.
     *
     * @param arn ARN of the target group, of target type {@code ip} on Fargate
     * @param url where clients reach it
     * @return a changed copy
     */
    public AwsOptions targetGroup(String arn, String url) {
        return exposure(ServiceExposure.TARGET_GROUP)
                .with(OptionNames.TARGET_GROUP, arn)
                .with(OptionNames.TARGET_GROUP_URL, url);
    }

    /**
     * How a service changes to a new revision. All but {@code ROLLING} need more settings, by a patch of {@code CreateService}.
     *
     * @param value default {@code ROLLING}
     * @return a changed copy
     */
    public AwsOptions deploymentStrategy(DeploymentStrategy value) {
        return with(OptionNames.STRATEGY, value.name());
    }

    /**
     * What the number of replicas of an autoscaled service follows.
     *
     * @param metric default {@code CPU}
     * @param target the value at which it is held: percent, or requests per replica and minute; default 60
     * @return a changed copy
     */
    public AwsOptions scaling(ScalingMetric metric, int target) {
        return with(OptionNames.SCALING_METRIC, metric.name())
                .with(OptionNames.SCALING_TARGET, Integer.toString(target));
    }

    /**
     * The EC2 instance types that may run the task.
     *
     * @param types for example {@code g5.xlarge}
     * @return a changed copy
     */
    public AwsOptions instanceTypes(String... types) {
        return with(OptionNames.INSTANCE_TYPES, String.join(",", types));
    }

    /**
     * The platform version of Fargate.
     *
     * @param version default {@code LATEST}
     * @return a changed copy
     */
    public AwsOptions platformVersion(String version) {
        return with(OptionNames.PLATFORM_VERSION, version);
    }

    /**
     * Whether a timer container beside the job's ends an attempt at its timeout, so that it ends even if no SDK watches.
     *
     * @param value default false: the SDK stops it
     * @return a changed copy
     */
    public AwsOptions serverTimeout(boolean value) {
        return with(OptionNames.SERVER_TIMEOUT, Boolean.toString(value));
    }

    /**
     * Whether {@code aws ecs execute-command} works on the tasks; needs a task role that may use Session Manager.
     *
     * @param value default false
     * @return a changed copy
     */
    public AwsOptions executeCommand(boolean value) {
        return with(OptionNames.EXECUTE_COMMAND, Boolean.toString(value));
    }

    /**
     * Lays settings over the task definition of a job or a service.
     *
     * @param settings sets what is to be laid over, on an empty builder
     * @return a changed copy
     */
    public AwsOptions registerTaskDefinition(Consumer<RegisterTaskDefinitionRequest.Builder> settings) {
        RegisterTaskDefinitionRequest.Builder builder = RegisterTaskDefinitionRequest.builder();
        settings.accept(builder);
        return patch("RegisterTaskDefinition", builder.build());
    }

    /**
     * Lays settings over the request that starts an attempt of a job.
     *
     * @param settings sets what is to be laid over, on an empty builder
     * @return a changed copy
     */
    public AwsOptions runTask(Consumer<RunTaskRequest.Builder> settings) {
        RunTaskRequest.Builder builder = RunTaskRequest.builder();
        settings.accept(builder);
        return patch("RunTask", builder.build());
    }

    /**
     * Lays settings over the request that makes a service.
     *
     * @param settings sets what is to be laid over, on an empty builder
     * @return a changed copy
     */
    public AwsOptions createService(Consumer<CreateServiceRequest.Builder> settings) {
        CreateServiceRequest.Builder builder = CreateServiceRequest.builder();
        settings.accept(builder);
        return patch("CreateService", builder.build());
    }

    /**
     * Lays settings over the request that changes a service.
     *
     * @param settings sets what is to be laid over, on an empty builder
     * @return a changed copy
     */
    public AwsOptions updateService(Consumer<UpdateServiceRequest.Builder> settings) {
        UpdateServiceRequest.Builder builder = UpdateServiceRequest.builder();
        settings.accept(builder);
        return patch("UpdateService", builder.build());
    }

    /**
     * Lays settings over the request that makes an Express service.
     *
     * @param settings sets what is to be laid over, on an empty builder
     * @return a changed copy
     */
    public AwsOptions createExpressService(Consumer<CreateExpressGatewayServiceRequest.Builder> settings) {
        CreateExpressGatewayServiceRequest.Builder builder = CreateExpressGatewayServiceRequest.builder();
        settings.accept(builder);
        return patch("CreateExpressGatewayService", builder.build());
    }

    private AwsOptions patch(String request, SdkPojo settings) {
        ObjectNode json = NativeJson.render(settings);
        return with(OptionNames.PATCH + request, json.toString());
    }

    @Override
    public ProviderId provider() {
        return ProviderId.AWS;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AwsOptions that && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    /** Names only: a patch may hold anything. */
    @Override
    public String toString() {
        return "AwsOptions" + settings.keySet();
    }

    private AwsOptions with(String name, String value) {
        Objects.requireNonNull(value, name);
        Map<String, String> changed = new TreeMap<>(settings);
        changed.put(name, value);
        return new AwsOptions(changed);
    }
}

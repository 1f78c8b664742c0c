package io.portolan.aws.internal.config;

import java.util.List;

/** The names of options that have no configuration key of the same name. */
public final class OptionNames {
    /** How a service is reached: {@code EXPRESS}, {@code TARGET_GROUP}, {@code SERVICE_CONNECT}, {@code NONE}. */
    public static final String EXPOSURE = "exposure";
    /** ARN of the target group that {@code TARGET_GROUP} registers replicas with. */
    public static final String TARGET_GROUP = "targetGroup";
    /** The URL at which clients reach the target group's load balancer. */
    public static final String TARGET_GROUP_URL = "targetGroupUrl";
    /** How a service changes: {@code ROLLING}, {@code BLUE_GREEN}, {@code LINEAR}, {@code CANARY}. */
    public static final String STRATEGY = "deploymentStrategy";
    /** What the number of replicas follows: {@code CPU}, {@code MEMORY}, {@code REQUESTS}. */
    public static final String SCALING_METRIC = "scalingMetric";
    /** The value at which the metric is held: percent, or requests per replica and minute. */
    public static final String SCALING_TARGET = "scalingTarget";
    /** EC2 instance types that may run the task, separated by commas. */
    public static final String INSTANCE_TYPES = "instanceTypes";
    /** The platform version of Fargate. */
    public static final String PLATFORM_VERSION = "platformVersion";
    /** Whether a timer container ends the task at its timeout, so that it ends without this SDK. */
    public static final String SERVER_TIMEOUT = "serverTimeout";
    /** Whether {@code ecs execute-command} works on the tasks. */
    public static final String EXECUTE_COMMAND = "executeCommand";
    /** Prefix of patches: {@code patch.RunTask} and so on; a JSON object laid over the request. */
    public static final String PATCH = "patch.";

    /** The requests that can be patched. */
    public static final List<String> PATCHABLE = List.of(
            "RegisterTaskDefinition",
            "RunTask",
            "CreateService",
            "UpdateService",
            "CreateExpressGatewayService",
            "UpdateExpressGatewayService");

    private OptionNames() {}
}

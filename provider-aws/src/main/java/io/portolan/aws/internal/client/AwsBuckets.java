package io.portolan.aws.internal.client;

import io.portolan.spi.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The request buckets of AWS as data: at most half of what an account has in a Region, so that others who work in it are not starved.
 *
 * <p>Sources, 2026-11-22: docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html;
 * docs.aws.amazon.com/AmazonECS/latest/developerguide/throttling.html (RunTask on Fargate); docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 * (the lowest Regions); docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html. Where they name no rate, five a second or fewer are made.
 */
public final class AwsBuckets {
    /** Every bucket; names of requests are {@code service:Operation}. */
    public static final List<RateLimit> ALL = List.of(
            // A burst of 20, refilled by one a second: the scarcest of all.
            limit("task definitions", 20, 20, "ecs:RegisterTaskDefinition", "ecs:DeregisterTaskDefinition"),
            limit(
                    "task definition reads",
                    10,
                    1,
                    "ecs:DescribeTaskDefinition",
                    "ecs:ListTaskDefinitions",
                    "ecs:ListTaskDefinitionFamilies"),
            limit("RunTask", 10, 1, "ecs:RunTask"),
            limit("StopTask", 10, 1, "ecs:StopTask"),
            limit("tasks", 10, 1, "ecs:DescribeTasks", "ecs:ListTasks"),
            limit("services", 25, 10, "ecs:CreateService", "ecs:UpdateService", "ecs:DeleteService"),
            limit("service reads", 10, 1, "ecs:DescribeServices", "ecs:ListServices"),
            limit("service deployments", 10, 1, "ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments"),
            limit("service revisions", 10, 1, "ecs:DescribeServiceRevisions"),
            // For these the reference names no rate. What makes services is taken for as scarce as what is named for
            // them.
            limit(
                    "Express services",
                    5,
                    10,
                    "ecs:CreateExpressGatewayService",
                    "ecs:UpdateExpressGatewayService",
                    "ecs:DeleteExpressGatewayService"),
            limit("Express service reads", 5, 1, "ecs:DescribeExpressGatewayService"),
            limit("service deployment stops", 5, 10, "ecs:StopServiceDeployment"),
            limit("tags", 5, 1, "ecs:TagResource", "ecs:UntagResource"),
            limit("log events", 10, 1, "logs:GetLogEvents"),
            limit("log groups", 5, 1, "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy"),
            limit("log group reads", 5, 1, "logs:DescribeLogGroups", "logs:DescribeLogStreams"),
            limit("log tags", 5, 1, "logs:TagResource", "logs:ListTagsForResource"),
            limit("log streams", 25, 1, "logs:CreateLogStream"),
            limit("log writes", 400, 1, "logs:PutLogEvents"),
            // Of 200 a second; one is asked for in eleven hours, and once more for each registry.
            limit("registry logins", 10, 1, "ecr:GetAuthorizationToken"),
            // ECR documents rates for pushes and pulls only, Application Auto Scaling none.
            limit("repositories", 5, 1, "ecr:CreateRepository", "ecr:PutLifecyclePolicy"),
            limit(
                    "repository reads",
                    5,
                    1,
                    "ecr:DescribeRepositories",
                    "ecr:GetLifecyclePolicy",
                    "ecr:ListTagsForResource"),
            limit(
                    "scaling",
                    5,
                    1,
                    "application-autoscaling:RegisterScalableTarget",
                    "application-autoscaling:DeregisterScalableTarget",
                    "application-autoscaling:PutScalingPolicy"),
            limit("scaling reads", 5, 1, "application-autoscaling:DescribeScalableTargets"));

    private AwsBuckets() {}

    private static RateLimit limit(String name, int permits, int seconds, String... requests) {
        return new RateLimit(name, Set.of(requests), permits, Duration.ofSeconds(seconds));
    }
}

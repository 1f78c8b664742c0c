package io.portolan.aws.option;

/** How a service is reached. */
public enum ServiceExposure {
    /** An Express service: ECS makes load balancer, certificate and URL. For public services, on Fargate. */
    EXPRESS,
    /** Replicas are registered with a target group that exists. */
    TARGET_GROUP,
    /** Other services of the namespace reach it by its name. */
    SERVICE_CONNECT,
    /** Nobody reaches it by a name. */
    NONE
}

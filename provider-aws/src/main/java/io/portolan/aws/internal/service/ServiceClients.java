package io.portolan.aws.internal.service;

import io.portolan.aws.internal.client.AwsClients;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/** The vendor's clients that services need. */
interface ServiceClients {
    EcsClient ecs();

    ApplicationAutoScalingClient scaling();

    String region();

    /** Those of a connection. */
    static ServiceClients of(AwsClients clients) {
        return new ServiceClients() {
            @Override
            public EcsClient ecs() {
                return clients.ecs();
            }

            @Override
            public ApplicationAutoScalingClient scaling() {
                return clients.scaling();
            }

            @Override
            public String region() {
                return clients.region();
            }
        };
    }
}

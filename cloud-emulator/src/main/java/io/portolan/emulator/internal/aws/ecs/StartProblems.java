package io.portolan.emulator.internal.aws.ecs;

import io.portolan.emulator.aws.AwsEmulator;

/** What ECS says about tasks that do not start or end. */
final class StartProblems {
    static final String OUT_OF_MEMORY = "OutOfMemoryError: Container killed due to memory usage";
    static final String CONTAINER_EXITED = "Essential container in task exited";

    private StartProblems() {}

    static String notFound(String image) {
        return "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref "
                + image + ": " + image + ": not found";
    }

    static String notStarted(String message) {
        return "CannotStartContainerError: Error response from daemon: " + message;
    }

    static String missingSecret(String valueFrom) {
        if (valueFrom.contains(":secretsmanager:")) {
            return "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval"
                    + " failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to"
                    + " fetch secret " + valueFrom + " from secrets manager: operation error Secrets Manager:"
                    + " GetSecretValue, https response error StatusCode: 400, ResourceNotFoundException: Secrets Manager"
                    + " can't find the specified secret.";
        }
        return "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval"
                + " failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid"
                + " parameters: " + valueFrom + " in " + AwsEmulator.REGION;
    }
}

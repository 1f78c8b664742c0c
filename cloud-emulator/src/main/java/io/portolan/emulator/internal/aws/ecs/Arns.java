package io.portolan.emulator.internal.aws.ecs;

import io.portolan.emulator.aws.AwsEmulator;

/** The names of resources of ECS. */
public final class Arns {
    private static final String PREFIX = "arn:aws:ecs:" + AwsEmulator.REGION + ":" + AwsEmulator.ACCOUNT + ":";

    private Arns() {}

    /** Of any resource. */
    public static String of(String type, String path) {
        return PREFIX + type + "/" + path;
    }

    /** Of a cluster. */
    public static String cluster(String name) {
        return of("cluster", name);
    }

    /** Of a task. */
    public static String task(String cluster, String id) {
        return of("task", cluster + "/" + id);
    }

    /** Of a task definition. */
    public static String definition(String family, int revision) {
        return of("task-definition", family + ":" + revision);
    }

    /** The last part of an ARN, or all of a name. */
    public static String last(String arnOrName) {
        return arnOrName.substring(arnOrName.lastIndexOf('/') + 1);
    }
}

package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.ecs.TaskStart;
import io.portolan.emulator.internal.relay.TargetGroup;
import java.time.Instant;
import java.util.List;

/**
 * How the tasks of a service are made at one time. It never changes.
 *
 * @param arn its name
 * @param settings of the service that belong to the revision, as in CreateService
 * @param start of what each task is made
 * @param targets what passes requests on to the tasks
 * @param createdAt when it was made
 */
record Revision(String arn, ObjectNode settings, TaskStart start, List<Target> targets, Instant createdAt) {
    /**
     * What passes requests on to a task.
     *
     * @param group to which the task is added
     * @param container of the task
     * @param port of the container
     */
    record Target(TargetGroup group, String container, int port) {}
}

/** Services of ECS: deployments that replace tasks, load balancers before them, and Express services. */
@NullMarked
package io.portolan.emulator.internal.aws.ecs.service;

import org.jspecify.annotations.NullMarked;

/** ECS: clusters, task definitions and tasks. */
@NullMarked
package io.portolan.emulator.internal.aws.ecs;

import org.jspecify.annotations.NullMarked;

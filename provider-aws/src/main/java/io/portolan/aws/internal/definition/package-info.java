/** What a job or a service becomes on ECS: task definitions, sizes, capacity, labels. Pure, except for registering. */
@NullMarked
package io.portolan.aws.internal.definition;

import org.jspecify.annotations.NullMarked;

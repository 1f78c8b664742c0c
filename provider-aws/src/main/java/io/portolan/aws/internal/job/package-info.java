/** Jobs as tasks of ECS: launching, looking, stopping, and what the end of a task means. */
@NullMarked
package io.portolan.aws.internal.job;

import org.jspecify.annotations.NullMarked;

/**
 * The engine of jobs. {@link io.portolan.internal.job.ExecutionState} decides and does no I/O; {@link
 * io.portolan.internal.job.TaskEngine} carries out what it decides on a platform that runs single attempts; {@link
 * io.portolan.internal.job.ManagedEngine} follows a platform that runs whole executions. {@link io.portolan.internal.job.Tracker} is the
 * one thread per connection that looks at all of them.
 */
@NullMarked
package io.portolan.internal.job;

import org.jspecify.annotations.NullMarked;

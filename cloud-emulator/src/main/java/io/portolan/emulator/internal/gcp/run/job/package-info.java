/** Jobs of Cloud Run, their executions and tasks. */
@NullMarked
package io.portolan.emulator.internal.gcp.run.job;

import org.jspecify.annotations.NullMarked;

/**
 * What runs and what ran: handles such as {@link io.portolan.run.JobExecution}, and the observations they give.
 *
 * <p>Handles are made by {@code io.portolan.Cloud} and are thread-safe. Observations are immutable values; providers make them, users read
 * them.
 */
@NullMarked
package io.portolan.run;

import org.jspecify.annotations.NullMarked;

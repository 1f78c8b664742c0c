/**
 * The one failure model of calls: {@link io.portolan.error.PortolanException} with a code, a retryability and the provider's own words.
 *
 * <p>A job that fails is not an error of a call; see {@code io.portolan.run.JobResult} for that. Providers map their vendor's exceptions
 * to these types in one place each.
 */
@NullMarked
package io.portolan.error;

import org.jspecify.annotations.NullMarked;

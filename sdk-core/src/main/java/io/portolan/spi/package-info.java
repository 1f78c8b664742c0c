/**
 * What a provider implements. {@link io.portolan.spi.CloudProvider} is found by {@link java.util.ServiceLoader}; it opens a {@link
 * io.portolan.spi.CloudDriver}, which hands out one driver per concern.
 *
 * <p>Called by core only. Arguments are validated. Calls block, may be made concurrently from several threads, and must honour an
 * interrupt. Errors are {@link io.portolan.error.PortolanException}s, mapped in one place per provider. Drivers do not retry: core does,
 * by the retryability of the error.
 */
@NullMarked
package io.portolan.spi;

import org.jspecify.annotations.NullMarked;

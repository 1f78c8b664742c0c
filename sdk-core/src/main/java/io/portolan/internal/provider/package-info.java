/**
 * Finding providers, and what core itself knows about their capabilities.
 *
 * <p>Called by the configuration, by {@code io.portolan.Cloud} and by {@code io.portolan.Portability}. Loads classes, opens nothing.
 */
@NullMarked
package io.portolan.internal.provider;

import org.jspecify.annotations.NullMarked;

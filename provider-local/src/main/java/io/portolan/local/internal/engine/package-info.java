/**
 * The connection to a Docker engine: where it is, which API version is spoken, which client serves which traffic, and what its errors mean.
 *
 * <p>Called by the drivers of this module. Nothing of docker-java leaves this module but by {@code unwrap}.
 */
@NullMarked
package io.portolan.local.internal.engine;

import org.jspecify.annotations.NullMarked;

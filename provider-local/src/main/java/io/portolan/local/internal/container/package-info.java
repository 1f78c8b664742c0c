/**
 * What a container of this SDK looks like on Docker: names, labels, limits, mounts and secrets. Pure but for {@code SecretResolver} and
 * {@code Containers}, which reads secrets and talks to the engine.
 *
 * <p>Called by the job and service drivers.
 */
@NullMarked
package io.portolan.local.internal.container;

import org.jspecify.annotations.NullMarked;

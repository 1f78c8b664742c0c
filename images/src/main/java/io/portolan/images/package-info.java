/**
 * Builds container images, pushes them to a registry and resolves tags to digests.
 *
 * <p>Called by the providers, which bring only the credentials of their registry.
 */
@NullMarked
package io.portolan.images;

import org.jspecify.annotations.NullMarked;

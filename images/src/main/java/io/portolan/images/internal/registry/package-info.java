/**
 * A client of the OCI distribution protocol that moves blobs and manifests byte by byte.
 *
 * <p>Used by {@code io.portolan.images.Registry}. All errors of registries are mapped in {@link
 * io.portolan.images.internal.registry.RegistryErrors}.
 */
@NullMarked
package io.portolan.images.internal.registry;

import org.jspecify.annotations.NullMarked;

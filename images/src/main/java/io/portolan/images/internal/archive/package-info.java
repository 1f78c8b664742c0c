/**
 * Image archives in the form of {@code docker save}: reading, and writing images that have no base.
 *
 * <p>Used by the builder, the registry client and the host images of this module. Knows nothing of registries or engines.
 */
@NullMarked
package io.portolan.images.internal.archive;

import org.jspecify.annotations.NullMarked;

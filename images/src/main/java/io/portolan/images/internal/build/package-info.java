/**
 * Builds images from files: the check of all inputs, their layout in layers, and the call of Jib-core.
 *
 * <p>Used by {@code io.portolan.images.FilesImageBuilder}. Makes no network call.
 */
@NullMarked
package io.portolan.images.internal.build;

import org.jspecify.annotations.NullMarked;

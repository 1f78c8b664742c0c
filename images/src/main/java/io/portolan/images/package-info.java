/**
 * Builds container images without an engine, and moves them between registries.
 *
 * <p>{@link io.portolan.images.FilesImageBuilder} builds, {@link io.portolan.images.Registry} pushes, copies and resolves, {@link
 * io.portolan.images.HostJavaBase} and {@link io.portolan.images.HostProgram} make bases from what the machine has. Called by the
 * providers, which bring only the credentials of their registry; usable on its own.
 */
@NullMarked
package io.portolan.images;

import org.jspecify.annotations.NullMarked;

/**
 * Images on a Docker engine: builds from Dockerfiles by the engine, builds from files without it, pulls, pushes and lookups.
 *
 * <p>{@link io.portolan.local.internal.image.LocalImageDriver} is called by core. The engine reports many failures only in the stream of its
 * answer: {@link io.portolan.local.internal.image.EngineStream} turns each of them into an error.
 */
@NullMarked
package io.portolan.local.internal.image;

import org.jspecify.annotations.NullMarked;

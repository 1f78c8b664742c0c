/**
 * Images: what to build, and what came out.
 *
 * <p>Specs of builds are values without I/O; {@code cloud.images()} carries them out. {@link io.portolan.image.Image} is the result.
 */
@NullMarked
package io.portolan.image;

import org.jspecify.annotations.NullMarked;

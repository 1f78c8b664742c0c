/** Artifact Registry: repositories of container images, and the images in them. */
@NullMarked
package io.portolan.emulator.internal.gcp.artifact;

import org.jspecify.annotations.NullMarked;

/** From the neutral model to the resources of Cloud Run, without I/O. */
@NullMarked
package io.portolan.gcp.internal.definition;

import org.jspecify.annotations.NullMarked;

/** Images: built without an engine, and kept in Artifact Registry. */
@NullMarked
package io.portolan.gcp.internal.image;

import org.jspecify.annotations.NullMarked;

/** Images on a Docker engine. */
@NullMarked
package io.portolan.local.internal.image;

import org.jspecify.annotations.NullMarked;

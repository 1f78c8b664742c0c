/**
 * Reading text that nobody vouches for: YAML with limits, and the nearest known name for one that is not known.
 *
 * <p>Called by the readers of the configuration and of spec files. No I/O.
 */
@NullMarked
package io.portolan.internal.text;

import org.jspecify.annotations.NullMarked;

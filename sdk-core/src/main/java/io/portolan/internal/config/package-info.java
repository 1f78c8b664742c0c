/**
 * Where settings come from: files, the environment, system properties, with profiles; and the check of each against its key.
 *
 * <p>Called by {@code io.portolan.config} only. Files are read here, as text that nobody vouches for.
 */
@NullMarked
package io.portolan.internal.config;

import org.jspecify.annotations.NullMarked;

/**
 * The provider that runs jobs and services on a Docker engine.
 *
 * <p>Found by the service loader; applications touch only its options.
 */
@NullMarked
package io.portolan.local;

import org.jspecify.annotations.NullMarked;

/**
 * The same container, run in several ways on one engine: by the SDK, by docker-java directly, and by the {@code docker} command.
 *
 * <p>All ways give the container the same limits, so that the engine has the same work.
 */
@NullMarked
package io.portolan.benchmarks.engine;

import org.jspecify.annotations.NullMarked;

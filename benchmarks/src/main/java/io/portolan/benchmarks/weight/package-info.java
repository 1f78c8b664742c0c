/**
 * What a dependency on a provider brings to an application.
 *
 * <p>Read from the class paths that the build resolved.
 */
@NullMarked
package io.portolan.benchmarks.weight;

import org.jspecify.annotations.NullMarked;

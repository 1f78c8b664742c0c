/**
 * How long a new JVM takes from its start to the first answer of a platform, with the SDK and without.
 *
 * <p>Each sample is a process of its own.
 */
@NullMarked
package io.portolan.benchmarks.startup;

import org.jspecify.annotations.NullMarked;

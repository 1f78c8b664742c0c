/**
 * Images made from what the machine has: programs with the shared libraries they need, and Java runtimes.
 *
 * <p>Used by {@code io.portolan.images.HostJavaBase} and {@code HostProgram}. Runs {@code ldd} and {@code jlink} of the machine.
 */
@NullMarked
package io.portolan.images.internal.host;

import org.jspecify.annotations.NullMarked;

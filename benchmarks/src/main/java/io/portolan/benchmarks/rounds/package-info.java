/**
 * Contenders that do the same work in turns, and how their times compare.
 *
 * <p>Used by every comparison, whatever the work is.
 */
@NullMarked
package io.portolan.benchmarks.rounds;

import org.jspecify.annotations.NullMarked;

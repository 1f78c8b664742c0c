/**
 * Numbers out of noisy measurements: medians, spreads, and ratios with the range in which they lie.
 *
 * <p>Pure functions over samples that were taken in interleaved rounds.
 */
@NullMarked
package io.portolan.benchmarks.stats;

import org.jspecify.annotations.NullMarked;

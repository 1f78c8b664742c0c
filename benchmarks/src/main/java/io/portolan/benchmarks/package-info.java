/** Measures what the SDK costs, as ratios to direct engine calls made in the same run. */
@NullMarked
package io.portolan.benchmarks;

import org.jspecify.annotations.NullMarked;

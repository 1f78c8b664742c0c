/**
 * Programs that measure what the SDK costs, as ratios to direct engine calls made in the same run. Not published.
 *
 * <p>{@code Benchmark} is the command; the sub-packages each measure one thing and return lines of the report.
 */
@NullMarked
package io.portolan.benchmarks;

import org.jspecify.annotations.NullMarked;

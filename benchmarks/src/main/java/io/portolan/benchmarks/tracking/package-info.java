/**
 * What it costs to keep an eye on thousands of executions: calls, threads, heap.
 *
 * <p>Runs on a platform in memory, which counts the calls that it gets.
 */
@NullMarked
package io.portolan.benchmarks.tracking;

import org.jspecify.annotations.NullMarked;

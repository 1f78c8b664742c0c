/**
 * What was measured, as a table for people and as JSON for programs, with a verdict where there is a target.
 */
@NullMarked
package io.portolan.benchmarks.report;

import org.jspecify.annotations.NullMarked;

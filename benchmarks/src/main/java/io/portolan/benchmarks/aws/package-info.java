/**
 * The same job on one emulated ECS, started and awaited by the SDK and by calls on the vendor's client.
 *
 * <p>Both ask for the same task of the same definition and look at it at the same interval.
 */
@NullMarked
package io.portolan.benchmarks.aws;

import org.jspecify.annotations.NullMarked;

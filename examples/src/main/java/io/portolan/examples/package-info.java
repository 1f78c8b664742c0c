/** Programs as users write them, each run by a test. */
@NullMarked
package io.portolan.examples;

import org.jspecify.annotations.NullMarked;

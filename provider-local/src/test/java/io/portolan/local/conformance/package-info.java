/** The conformance suite on a real engine. */
@NullMarked
package io.portolan.local.conformance;

import org.jspecify.annotations.NullMarked;

/**
 * The conformance suite that every provider passes, and an in-memory provider for unit tests of applications.
 *
 * <p>Called by the tests of providers and of applications.
 */
@NullMarked
package io.portolan.testkit;

import org.jspecify.annotations.NullMarked;

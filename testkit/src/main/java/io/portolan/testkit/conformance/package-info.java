/**
 * The conformance suite. A provider extends {@link io.portolan.testkit.conformance.ProviderConformance}, or single suites of it, and brings
 * a {@link io.portolan.testkit.conformance.ProviderHarness}; everything else is here.
 *
 * <p>Each {@link io.portolan.portability.Capability} that a provider declares is tested to work; each that it lacks is tested to be refused
 * without a remote call, and the lack to be real where that can be tried.
 */
@NullMarked
package io.portolan.testkit.conformance;

import org.jspecify.annotations.NullMarked;

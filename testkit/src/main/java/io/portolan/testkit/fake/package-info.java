/**
 * A platform that lives in memory, and a provider for it: {@link io.portolan.testkit.fake.FakePlatform} holds the state and the scripts,
 * {@link io.portolan.testkit.fake.FakeProvider} is given to {@code Cloud.connect(config, provider)}.
 *
 * <p>For unit tests of applications, and for tests of the engine under faults. Passes the conformance suite like any other provider.
 */
@NullMarked
package io.portolan.testkit.fake;

import org.jspecify.annotations.NullMarked;

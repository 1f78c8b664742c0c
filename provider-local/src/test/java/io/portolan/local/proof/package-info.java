/**
 * Proofs on a real engine of what the SDK promises. Each test names the sentence that it proves.
 *
 * <p>What happened is counted without the SDK: by the containers themselves, which write to a shared volume, and by the engine's events.
 */
@NullMarked
package io.portolan.local.proof;

import org.jspecify.annotations.NullMarked;

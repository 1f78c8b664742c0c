/** What the emulated APIs of Google Cloud share: the protocol, the errors, the operations. */
@NullMarked
package io.portolan.emulator.internal.gcp;

import org.jspecify.annotations.NullMarked;

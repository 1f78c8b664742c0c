/** What the emulated services of AWS share: the protocol, the official models, the errors. */
@NullMarked
package io.portolan.emulator.internal.aws;

import org.jspecify.annotations.NullMarked;

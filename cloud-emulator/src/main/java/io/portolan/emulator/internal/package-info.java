/** Puts the clouds together. */
@NullMarked
package io.portolan.emulator.internal;

import org.jspecify.annotations.NullMarked;

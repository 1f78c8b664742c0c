/** Doing things at the same time, and waiting for them. */
@NullMarked
package io.portolan.local.internal.concurrent;

import org.jspecify.annotations.NullMarked;

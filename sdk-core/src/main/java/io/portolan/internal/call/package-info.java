/** The one owner of retries, rate limits and circuit breakers around every logical call to a driver. */
@NullMarked
package io.portolan.internal.call;

import org.jspecify.annotations.NullMarked;

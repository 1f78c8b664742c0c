/** The reader of logs: one thread per connection pages through all followed sources. */
@NullMarked
package io.portolan.internal.log;

import org.jspecify.annotations.NullMarked;

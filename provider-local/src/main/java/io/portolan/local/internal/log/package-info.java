/** Logs of containers, page by page. */
@NullMarked
package io.portolan.local.internal.log;

import org.jspecify.annotations.NullMarked;

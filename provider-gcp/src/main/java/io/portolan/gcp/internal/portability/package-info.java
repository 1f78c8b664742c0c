/** What becomes of a spec on Google Cloud, offline. */
@NullMarked
package io.portolan.gcp.internal.portability;

import org.jspecify.annotations.NullMarked;

/** The connection to Google Cloud. */
@NullMarked
package io.portolan.gcp.internal;

import org.jspecify.annotations.NullMarked;

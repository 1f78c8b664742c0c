/** The clients of Google Cloud, their errors and request buckets. */
@NullMarked
package io.portolan.gcp.internal.client;

import org.jspecify.annotations.NullMarked;

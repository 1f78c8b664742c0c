/** Native resources as JSON, and patches laid over them. */
@NullMarked
package io.portolan.gcp.internal.json;

import org.jspecify.annotations.NullMarked;

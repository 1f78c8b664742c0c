/** Services on Cloud Run. */
@NullMarked
package io.portolan.gcp.internal.service;

import org.jspecify.annotations.NullMarked;

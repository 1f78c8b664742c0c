/** Logs of containers in Cloud Logging, read page by page within the quota of the project. */
@NullMarked
package io.portolan.gcp.internal.log;

import org.jspecify.annotations.NullMarked;

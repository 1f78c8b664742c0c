/** Executions of jobs on Cloud Run. */
@NullMarked
package io.portolan.gcp.internal.job;

import org.jspecify.annotations.NullMarked;

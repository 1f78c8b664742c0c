/** Logs of containers in CloudWatch Logs, page by page, and the log group that they go to. */
@NullMarked
package io.portolan.aws.internal.log;

import org.jspecify.annotations.NullMarked;

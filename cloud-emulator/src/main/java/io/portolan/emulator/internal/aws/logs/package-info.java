/** CloudWatch Logs. */
@NullMarked
package io.portolan.emulator.internal.aws.logs;

import org.jspecify.annotations.NullMarked;

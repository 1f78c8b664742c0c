/** CloudWatch Logs: groups, streams and events, which SDK calls and running tasks write. */
@NullMarked
package io.portolan.emulator.internal.aws.logs;

import org.jspecify.annotations.NullMarked;

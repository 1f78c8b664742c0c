/**
 * Jobs on a Docker engine: one container for each attempt, found again by its name. How an attempt starts once, whoever asks and whoever
 * dies, is said at {@code AttemptStarter}.
 */
@NullMarked
package io.portolan.local.internal.job;

import org.jspecify.annotations.NullMarked;

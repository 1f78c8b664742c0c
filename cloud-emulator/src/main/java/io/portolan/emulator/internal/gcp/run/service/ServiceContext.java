package io.portolan.emulator.internal.gcp.run.service;

import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.LogSink;

/**
 * What all parts of services share.
 *
 * @param gcp the lock for all state, the clock and the controls
 * @param containers what runs them
 * @param logs takes what they write
 */
record ServiceContext(GcpContext gcp, ContainerRuntime containers, LogSink logs) {}

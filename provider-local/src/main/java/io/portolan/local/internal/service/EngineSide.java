package io.portolan.local.internal.service;

import io.portolan.local.internal.concurrent.Concurrently;
import io.portolan.local.internal.service.proxy.ApplicationNetwork;
import io.portolan.local.internal.service.proxy.ServiceProxy;
import java.time.Clock;
import java.time.Instant;

/**
 * What services are made of at the engine, and the time.
 *
 * @param store records
 * @param replicas containers
 * @param proxy what stands in front of them
 * @param network what they are reached on
 * @param concurrently runs several calls at once
 * @param clock the time of records
 */
record EngineSide(
        ServiceStore store,
        Replicas replicas,
        ServiceProxy proxy,
        ApplicationNetwork network,
        Concurrently concurrently,
        Clock clock) {
    Instant now() {
        return clock.instant();
    }
}

package io.portolan.emulator.internal.gcp.run.service;

import java.time.Instant;

/** Hears of one replica. Called with the lock held. */
interface ReplicaListener {
    /** All its containers have passed their startup probes. */
    void ready(Replica replica);

    /** It did not get ready. */
    void failed(Replica replica, Failure failure);

    /** It was ready and is to be replaced. */
    void lost(Replica replica);

    /** It has stopped as it was told to. */
    void stopped(Replica replica);

    /** A container has written a line. */
    void output(Replica replica, String stream, String line, Instant time);

    /** The platform says something about a container. */
    void event(Replica replica, String text);
}

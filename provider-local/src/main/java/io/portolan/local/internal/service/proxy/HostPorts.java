package io.portolan.local.internal.service.proxy;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which host ports to try for a service. Pure.
 *
 * <p>A service keeps its port for life, also over restarts of the engine, so the port must not be one that the operating system gives to
 * outgoing connections in between (from 32768 on Linux, 49152 elsewhere). The first choice is a function of the names: a service that is
 * deleted and deployed again usually has the same address.
 */
final class HostPorts {
    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;
    private static final int STEP = 7;

    private HostPorts() {}

    /**
     * Ports to try, best first.
     *
     * @param application the application
     * @param service the service
     * @param limit how many
     * @return {@code limit} different ports
     */
    static List<Integer> candidates(String application, String service, int limit) {
        int start = Math.floorMod((application + "/" + service).hashCode(), COUNT);
        return IntStream.range(0, limit)
                .map(i -> FIRST + (start + i * STEP) % COUNT)
                .boxed()
                .toList();
    }
}

package io.portolan.emulator.internal.relay;

/** A server behind a relay. Its connections are counted, so that it can be left alone until they have ended. */
public final class Backend {
    private final String host;
    private final int port;
    private int connections;
    private int weight = 1;
    private long credit;

    Backend(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        host = hostAndPort.substring(0, colon);
        port = Integer.parseInt(hostAndPort.substring(colon + 1));
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    /**
     * Says how often its turn is.
     *
     * @param share in proportion to the other servers of its relay, 1 at first
     */
    public synchronized void weigh(int share) {
        weight = share;
    }

    synchronized int weight() {
        return weight;
    }

    synchronized long credit() {
        return credit;
    }

    synchronized void gain(long amount) {
        credit += amount;
    }

    /** How many connections it has now. */
    public synchronized int connections() {
        return connections;
    }

    synchronized void taken() {
        connections++;
    }

    synchronized void released() {
        connections--;
    }
}

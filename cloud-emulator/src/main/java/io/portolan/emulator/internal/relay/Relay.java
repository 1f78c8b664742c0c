package io.portolan.emulator.internal.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An address on the loopback that passes requests on to servers in turn. It stays the same while servers come and go. A server that was
 * removed gets nothing new and keeps what it has.
 */
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int BACKLOG = 200;

    private final ServerSocket listener;
    private final ExecutorService threads;
    private final List<Backend> backends = new ArrayList<>();
    private volatile boolean admits = true;

    private Relay(ServerSocket listener) {
        this.listener = listener;
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "emulator-relay-" + listener.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A relay without servers, on a port that the system picks.
     *
     * @return the relay, which answers with 503 until it has a server
     */
    public static Relay open() {
        try {
            Relay relay = new Relay(new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
            relay.threads.execute(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where requests are taken. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /**
     * Takes a server in.
     *
     * @param hostAndPort where it listens
     */
    public synchronized Backend add(String hostAndPort) {
        Backend backend = new Backend(hostAndPort);
        backends.add(backend);
        return backend;
    }

    /**
     * Gives a server nothing new.
     *
     * @param backend that was taken in
     */
    public synchronized void remove(Backend backend) {
        backends.remove(backend);
    }

    /**
     * Lets everyone in, or refuses all with 403.
     *
     * @param everyone true at first
     */
    public void admit(boolean everyone) {
        admits = everyone;
    }

    boolean isAdmitting() {
        return admits;
    }

    /** The next server whose turn it is, with a connection counted, null if all were tried. */
    synchronized @Nullable Backend next(Collection<Backend> tried) {
        List<Backend> left =
                backends.stream().filter(backend -> !tried.contains(backend)).toList();
        Backend next = null;
        long weights = 0;
        // Each gains its weight and the one whose turn it is pays for all: turns are even, not only their numbers.
        for (Backend backend : left) {
            weights += backend.weight();
            backend.gain(backend.weight());
            if (next == null || backend.credit() > next.credit()) {
                next = backend;
            }
        }
        if (next != null) {
            next.gain(-weights);
            next.taken();
        }
        return next;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("The relay was not closed well", e);
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                threads.execute(new Exchange(this, threads, client));
            } catch (IOException | RuntimeException e) {
                LOG.debug("The relay took no connection", e);
            }
        }
    }
}

package io.portolan.local.internal.service.proxy;

import io.portolan.local.internal.concurrent.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Relays the connections of all services on one thread. Thread-safe: what is asked of it is done on that thread. */
final class RelayLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayLoop.class);
    private static final int BACKLOG = 128;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Map<String, Listener> listeners = new HashMap<>();
    private volatile boolean closed;

    RelayLoop(ThreadFactory threads) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.newThread(this::run).start();
    }

    /**
     * Begins to listen, or finds that it does.
     *
     * @return the port
     * @throws UncheckedIOException if the port is taken
     */
    int listen(String service, int port) {
        return call(() -> {
            Listener listener = listeners.get(service);
            if (listener == null) {
                listener = new Listener(bind(port));
                listeners.put(service, listener);
            }
            return listener.channel.socket().getLocalPort();
        });
    }

    /** From now on new connections lead to these ports, in turn. */
    void route(String service, int generation, List<Integer> ports) {
        call(() -> {
            Listener listener = require(service);
            listener.generation = generation;
            listener.ports = List.copyOf(ports);
            return true;
        });
    }

    /** How many connections lead to a former route; those on which nothing is under way can be closed on the way. */
    int former(String service, boolean closeQuiet) {
        return call(() -> {
            Listener listener = listeners.get(service);
            if (listener == null) {
                return 0;
            }
            List<Relay> former = listener.former();
            long now = System.nanoTime();
            former.stream().filter(r -> closeQuiet && r.isQuiet(now)).forEach(Relay::close);
            return listener.former().size();
        });
    }

    /** Closes the connections that lead to a former route. */
    void cutFormer(String service) {
        call(() -> {
            Listener listener = listeners.get(service);
            if (listener != null) {
                listener.former().forEach(Relay::close);
            }
            return true;
        });
    }

    /** Stops listening and closes all connections of a service. */
    void stop(String service) {
        call(() -> {
            Listener listener = listeners.remove(service);
            if (listener != null) {
                listener.close();
                releasePorts();
            }
            return true;
        });
    }

    /** A closed channel holds its port until the selector looks again. */
    private void releasePorts() {
        try {
            selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private <T> T call(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        selector.wakeup();
        if (closed) {
            throw Waiting.cancelled();
        }
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select();
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    handle(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            LOG.warn("relay ended: {}", e.toString());
        } finally {
            closed = true;
            listeners.values().forEach(Listener::close);
            closeSelector();
            tasks.forEach(Runnable::run);
        }
    }

    private void handle(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof Relay relay) {
            relay.ready(key);
        } else if (key.attachment() instanceof Listener listener) {
            listener.accept();
        }
    }

    private ServerSocketChannel bind(int port) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.configureBlocking(false);
                channel.bind(new InetSocketAddress(Loopback.address(), port), BACKLOG);
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Listener require(String service) {
        Listener listener = listeners.get(service);
        if (listener == null) {
            throw new IllegalStateException("service '" + service + "' has no listener");
        }
        return listener;
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("selector not closed: {}", e.toString());
        }
    }

    /** The stable port of one service. Confined to the thread of the selector. */
    private final class Listener {
        private final ServerSocketChannel channel;
        private final Set<Relay> relays = new HashSet<>();
        private List<Integer> ports = List.of();
        private int generation;
        private int turn;

        Listener(ServerSocketChannel channel) {
            this.channel = channel;
            try {
                channel.register(selector, SelectionKey.OP_ACCEPT, this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void accept() {
            try {
                SocketChannel client = channel.accept();
                if (client != null) {
                    relay(client);
                }
            } catch (IOException e) {
                LOG.debug("connection not accepted: {}", e.toString());
            }
        }

        private void relay(SocketChannel client) throws IOException {
            List<Integer> order = new ArrayList<>(ports);
            if (!order.isEmpty()) {
                Collections.rotate(order, -Math.floorMod(turn++, order.size()));
            }
            Relay[] self = new Relay[1];
            Relay relay = new Relay(selector, client, generation, order, () -> relays.remove(self[0]));
            self[0] = relay;
            relays.add(relay);
            try {
                relay.start();
            } catch (IOException e) {
                relay.close();
            }
        }

        List<Relay> former() {
            return relays.stream().filter(r -> r.generation != generation).toList();
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("port not closed: {}", e.toString());
            }
            List.copyOf(relays).forEach(Relay::close);
        }
    }
}

package io.portolan.local.internal.service.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection and the one to a replica that it leads to. Confined to the thread of the selector.
 *
 * <p>Bytes are passed on with one buffer for each direction; a full buffer stops the reading, so that a slow side slows the other down.
 */
final class Relay {
    private static final int BUFFER = 16 * 1024;

    /** After an answer, and this long without another request, nothing is under way on the connection. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    final int generation;
    private final Selector selector;
    private final SocketChannel client;
    private final Deque<Integer> ports;
    private final Runnable ended;
    private final ByteBuffer toServer = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer toClient = ByteBuffer.allocate(BUFFER);
    private @Nullable SocketChannel server;
    private boolean connected;
    private boolean clientDone;
    private boolean serverDone;
    private boolean open = true;
    private long lastRequest = System.nanoTime();
    private long lastAnswer = lastRequest;
    private boolean requested;
    private boolean answered;

    Relay(Selector selector, SocketChannel client, int generation, List<Integer> ports, Runnable ended) {
        this.selector = selector;
        this.client = client;
        this.generation = generation;
        this.ports = new ArrayDeque<>(ports);
        this.ended = ended;
    }

    void start() throws IOException {
        client.configureBlocking(false);
        client.register(selector, 0, this);
        connectNext();
    }

    /** Handles what is ready on one of the two channels. */
    void ready(SelectionKey key) {
        try {
            if (key.isConnectable()) {
                finishConnect();
            }
            if (connected && open) {
                pass();
            }
        } catch (IOException | RuntimeException e) {
            close();
        }
    }

    /** Whether no request is under way, as far as can be seen without knowing the protocol. */
    boolean isQuiet(long now) {
        boolean nothingUnderWay = !requested || (answered && lastAnswer >= lastRequest);
        return nothingUnderWay
                && toServer.position() == 0
                && toClient.position() == 0
                && now - Math.max(lastRequest, lastAnswer) > QUIET_NANOS;
    }

    void close() {
        if (!open) {
            return;
        }
        open = false;
        closeQuietly(client);
        closeQuietly(server);
        ended.run();
    }

    private void connectNext() throws IOException {
        Integer port = ports.poll();
        if (port == null) {
            throw new IOException("no replica takes a connection");
        }
        SocketChannel channel = SocketChannel.open();
        server = channel;
        channel.configureBlocking(false);
        boolean now = channel.connect(new InetSocketAddress(Loopback.address(), port));
        channel.register(selector, now ? 0 : SelectionKey.OP_CONNECT, this);
        if (now) {
            connected = true;
            pass();
        }
    }

    private void finishConnect() throws IOException {
        SocketChannel channel = server;
        if (channel == null) {
            return;
        }
        try {
            connected = channel.finishConnect();
        } catch (IOException e) {
            closeQuietly(channel);
            connectNext();
        }
    }

    private void pass() throws IOException {
        SocketChannel to = server;
        if (to == null) {
            return;
        }
        clientDone |= read(client, toServer, true);
        serverDone |= read(to, toClient, false);
        write(to, toServer);
        write(client, toClient);
        if (clientDone && toServer.position() == 0 && to.isOpen()) {
            to.shutdownOutput();
        }
        if (serverDone && toClient.position() == 0) {
            close();
            return;
        }
        interest(client, !clientDone && toServer.hasRemaining(), toClient.position() > 0);
        interest(to, !serverDone && toClient.hasRemaining(), toServer.position() > 0);
    }

    /** True at the end of the stream. */
    private boolean read(SocketChannel from, ByteBuffer buffer, boolean request) throws IOException {
        int count = buffer.hasRemaining() ? from.read(buffer) : 0;
        if (count > 0 && request) {
            lastRequest = System.nanoTime();
            requested = true;
        } else if (count > 0) {
            lastAnswer = System.nanoTime();
            answered = true;
        }
        return count < 0;
    }

    private static void write(SocketChannel to, ByteBuffer buffer) throws IOException {
        buffer.flip();
        to.write(buffer);
        buffer.compact();
    }

    private void interest(SocketChannel channel, boolean read, boolean write) {
        SelectionKey key = channel.keyFor(selector);
        if (key != null && key.isValid()) {
            key.interestOps((read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0));
        }
    }

    private static void closeQuietly(@Nullable SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // It is closed all the same.
            return;
        }
    }
}

package io.portolan.local.internal.service;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Clients that ask a service all the time and never try a request twice, so that every failure counts. Half of them keep their
 * connections, half make a new one for each request; some rest between requests, so that their connections are idle when an update comes.
 */
final class LoadClients implements AutoCloseable {
    private final int port;
    private final AtomicLong succeeded = new AtomicLong();
    private final ConcurrentMap<String, AtomicLong> answers = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicLong> failures = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    private LoadClients(int port) {
        this.port = port;
    }

    static LoadClients start(int port, int count) {
        LoadClients clients = new LoadClients(port);
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(() -> clients.run(number % 2 == 0, number % 4 == 0 ? 200 : 5), "load-" + i);
            thread.setDaemon(true);
            thread.start();
            clients.threads.add(thread);
        }
        return clients;
    }

    long succeeded() {
        return succeeded.get();
    }

    /** What was answered, and how often. */
    Map<String, AtomicLong> answers() {
        return answers;
    }

    /** What went wrong, and how often. */
    Map<String, AtomicLong> failures() {
        return failures;
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join(10_000);
        }
    }

    private void run(boolean keep, long restMillis) {
        Socket socket = null;
        try {
            while (!stopped) {
                try {
                    if (socket == null) {
                        socket = new Socket(InetAddress.getLoopbackAddress(), port);
                        socket.setSoTimeout(20_000);
                    }
                    boolean open = ask(socket, keep);
                    if (!open) {
                        socket.close();
                        socket = null;
                    }
                } catch (IOException e) {
                    count(failures, e.toString());
                    socket = null;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(restMillis * 1_000_000);
            }
        } finally {
            close(socket);
        }
    }

    /** One request on a connection; whether the connection can be used again. */
    private boolean ask(Socket socket, boolean keep) throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: web\r\n" + (keep ? "" : "Connection: close\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String status = line(in);
        int length = -1;
        boolean close = !keep;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            close |= lower.equals("connection: close");
        }
        byte[] body = length < 0 ? in.readAllBytes() : in.readNBytes(length);
        if (length > body.length) {
            throw new EOFException("answer cut off");
        }
        if (status.contains(" 200 ")) {
            succeeded.incrementAndGet();
            count(answers, new String(body, StandardCharsets.UTF_8).strip());
        } else {
            count(failures, status);
        }
        return !close && length >= 0;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection closed without an answer");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static void count(ConcurrentMap<String, AtomicLong> counts, String key) {
        counts.computeIfAbsent(key, k -> new AtomicLong()).incrementAndGet();
    }

    private static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.portolan.emulator.internal.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a client, which carries one request. */
final class Exchange implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int CONNECT_MILLIS = 2000;

    private final Relay relay;
    private final Executor threads;
    private final Socket client;

    Exchange(Relay relay, Executor threads, Socket client) {
        this.relay = relay;
        this.threads = threads;
        this.client = client;
    }

    @Override
    public void run() {
        try (Socket closed = client) {
            RequestHead head = RequestHead.read(closed.getInputStream());
            if (!head.isEmpty() && !relay.isAdmitting()) {
                refuse("403 Forbidden");
            } else if (!head.isEmpty()) {
                pass(head);
            }
        } catch (IOException e) {
            LOG.debug("A client has gone", e);
        }
    }

    private void pass(RequestHead head) throws IOException {
        List<Backend> tried = new ArrayList<>();
        for (Backend backend = relay.next(tried); backend != null; backend = relay.next(tried)) {
            tried.add(backend);
            try (Socket server = new Socket()) {
                Outcome outcome = exchange(head, server, backend);
                if (outcome == Outcome.ANSWERED) {
                    return;
                }
                if (outcome == Outcome.SILENT && !head.isRepeatable()) {
                    refuse("502 Bad Gateway");
                    return;
                }
            } finally {
                backend.released();
            }
        }
        refuse(tried.isEmpty() ? "503 Service Unavailable" : "502 Bad Gateway");
    }

    private enum Outcome {
        ANSWERED,
        SILENT,
        REFUSED
    }

    private Outcome exchange(RequestHead head, Socket server, Backend backend) throws IOException {
        try {
            server.connect(new InetSocketAddress(backend.host(), backend.port()), CONNECT_MILLIS);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            LOG.debug("A server does not listen", e);
            return Outcome.REFUSED;
        }
        byte[] buffer = new byte[16 * 1024];
        int length;
        InputStream answer;
        try {
            server.getOutputStream().write(head.bytes());
            if (!head.isRepeatable()) {
                threads.execute(() -> copyRest(server));
            }
            answer = server.getInputStream();
            length = answer.read(buffer);
        } catch (IOException e) {
            LOG.debug("A server has gone", e);
            return Outcome.SILENT;
        }
        if (length < 0) {
            return Outcome.SILENT;
        }
        if (head.isRepeatable()) {
            threads.execute(() -> copyRest(server));
        }
        OutputStream out = client.getOutputStream();
        int told = head.isSingle() ? tellTheEnd(buffer, length, out) : 0;
        out.write(buffer, told, length - told);
        for (length = answer.read(buffer); length >= 0; length = answer.read(buffer)) {
            out.write(buffer, 0, length);
        }
        // Ends the answer before the socket is closed, so that unread input does not reset the connection.
        client.shutdownOutput();
        return Outcome.ANSWERED;
    }

    /** Passes on the first line of an answer, and tells the client not to use the connection again. */
    private static int tellTheEnd(byte[] buffer, int length, OutputStream out) throws IOException {
        String start = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        int end = start.indexOf("\r\n") + 2;
        if (!start.startsWith("HTTP/1.") || end < 2) {
            return 0;
        }
        out.write((start.substring(0, end) + "Connection: close\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return end;
    }

    private void copyRest(Socket server) {
        try {
            client.getInputStream().transferTo(server.getOutputStream());
            server.shutdownOutput();
        } catch (IOException e) {
            LOG.trace("The exchange is over", e);
        }
    }

    private void refuse(String status) throws IOException {
        String answer = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
    }
}

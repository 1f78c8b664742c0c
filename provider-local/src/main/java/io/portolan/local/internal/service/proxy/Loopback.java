package io.portolan.local.internal.service.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Small questions to ports on this machine. One connection and no thread for each; whatever is not understood is an {@link IOException}
 * whose message says what was seen.
 */
public final class Loopback {
    /** The address of all published ports, as text. */
    public static final String HOST = "127.0.0.1";

    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_BODY = 256 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3})( .*)?");

    /**
     * How long a port must keep a new connection open to count as listening. The engine's own port forwarder accepts connections for any
     * published port, and closes them when it finds that nobody listens in the container: on the same machine, at once.
     */
    private static final Duration STAYS_OPEN = Duration.ofMillis(200);

    private Loopback() {}

    /**
     * Asks with GET and reads no further than the status.
     *
     * @param port where
     * @param path from {@code /} on
     * @param host what the request says that it is for
     * @param timeout for the connection and for each read
     * @return for example 200
     * @throws IOException if there is no answer in HTTP
     */
    public static int status(int port, String path, String host, Duration timeout) throws IOException {
        try (Socket socket = request(port, path, host, timeout)) {
            return status(socket.getInputStream());
        }
    }

    /**
     * Looks whether a port takes connections.
     *
     * @param port where
     * @param timeout for the connection
     * @throws IOException if it does not
     */
    public static void connects(int port, Duration timeout) throws IOException {
        try (Socket socket = connect(port, timeout)) {
            socket.setSoTimeout(millis(timeout.compareTo(STAYS_OPEN) < 0 ? timeout : STAYS_OPEN));
            if (endsAtOnce(socket.getInputStream())) {
                throw new IOException("nobody listens in the container");
            }
        }
    }

    /**
     * Asks with GET.
     *
     * @param port where
     * @param path from {@code /} on
     * @param timeout for the connection and for each read
     * @return the body of an answer with status 200
     * @throws IOException if there is no such answer
     */
    static String body(int port, String path, Duration timeout) throws IOException {
        try (Socket socket = request(port, path, "localhost", timeout)) {
            InputStream in = socket.getInputStream();
            int status = status(in);
            if (status != 200) {
                throw new IOException("answered with status " + status);
            }
            String answer = new String(in.readNBytes(MAX_BODY), StandardCharsets.UTF_8);
            int body = answer.indexOf("\r\n\r\n");
            return body < 0 ? "" : answer.substring(body + 4);
        }
    }

    /** The address of all published ports. */
    static InetAddress address() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four bytes are always an address
        }
    }

    private static Socket connect(int port, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address(), port), millis(timeout));
            socket.setSoTimeout(millis(timeout));
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket request(int port, String path, String host, Duration timeout) throws IOException {
        Socket socket = connect(port, timeout);
        try {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host
                    + "\r\nUser-Agent: portolan-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static int status(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n' && line.size() < MAX_LINE) {
            line.write(next);
            next = in.read();
        }
        if (line.size() == 0) {
            throw new IOException("closed the connection without an answer");
        }
        Matcher matcher =
                STATUS.matcher(line.toString(StandardCharsets.ISO_8859_1).strip());
        if (!matcher.matches()) {
            throw new IOException("answered, but not in HTTP");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static boolean endsAtOnce(InputStream in) throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false; // open and silent: a server that waits for its client to speak
        }
    }

    private static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    }
}

package io.portolan.emulator.internal.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks servers whether they are well. */
public final class HealthProbe {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int PATIENCE_MILLIS = 100;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    /** A probe. */
    public HealthProbe() {}

    /**
     * Asks a server.
     *
     * @param hostAndPort where it listens
     * @param path of the resource
     * @return whether it answers with 200
     */
    public CompletableFuture<Boolean> get(String hostAndPort, String path) {
        URI uri = URI.create("http://" + hostAndPort + (path.startsWith("/") ? path : "/" + path));
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure == null && response.statusCode() == 200);
    }

    /**
     * Connects to a server, and hangs up. One that hangs up first is only a forwarder to nobody, as an engine has for published ports.
     *
     * @param hostAndPort where it listens
     * @return whether it takes the connection
     */
    public CompletableFuture<Boolean> connect(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        InetSocketAddress address = new InetSocketAddress(
                hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
        return CompletableFuture.supplyAsync(() -> takes(address));
    }

    private static boolean waits(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            // A server waits for the client to speak.
            return true;
        }
    }

    private static boolean takes(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) LIMIT.toMillis());
            socket.setSoTimeout(PATIENCE_MILLIS);
            return waits(socket);
        } catch (IOException e) {
            return false;
        }
    }
}

package io.portolan.aws.moto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** moto, an independent stand-in for AWS, from the command {@code moto_server} of this machine. */
record MotoServer(Process process, int port) implements AutoCloseable {
    static MotoServer start() {
        try {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            ProcessBuilder command = new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port));
            command.environment().put("MOTO_ECS_SERVICE_RUNNING", "1");
            Process process = command.redirectErrorStream(true)
                    .redirectOutput(Files.createTempFile("moto", ".log").toFile())
                    .start();
            MotoServer server = new MotoServer(process, port);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(100))
                    .until(server::answers);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** An id out of moto's own answer about its default network, which it checks requests against. */
    String ec2(String action, String member) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString("Action=" + action + "&Version=2016-11-15"))
                .build();
        try {
            String answer = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher matcher = Pattern.compile("<" + member + ">([^<]+)<").matcher(answer);
            if (!matcher.find()) {
                throw new IllegalStateException(action + " answered " + answer);
            }
            return matcher.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}

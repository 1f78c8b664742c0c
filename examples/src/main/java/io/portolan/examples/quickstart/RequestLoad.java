package io.portolan.examples.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Clients that ask without pause and check every answer. Each has a connection of its own and keeps it, as browsers do: that is harder on
 * an update than a new connection for each request.
 */
final class RequestLoad implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final URI uri;
    private final String expectedBody;
    private final ExecutorService clients;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    RequestLoad(URI uri, String expectedBody) {
        this.uri = uri;
        this.expectedBody = expectedBody;
        this.clients = Executors.newCachedThreadPool();
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            clients.execute(this::ask);
        }
    }

    /** Waits until so many answers of a version were counted; false if that takes too long. */
    boolean await(String version, int count, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (answers(version) < count) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return true;
        } catch (InterruptedException e) {
            throw QuickstartFailure.interrupted();
        }
    }

    int answers(String version) {
        return answers.getOrDefault(version, 0);
    }

    int failed() {
        return failures.size();
    }

    /** The first failure, for the message. */
    String firstFailure() {
        return String.valueOf(failures.peek());
    }

    private void ask() {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ANSWER)
                .build();
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
        while (!stopping) {
            try {
                count(client.send(request, BodyHandlers.ofString()));
            } catch (IOException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void count(HttpResponse<String> answer) {
        if (answer.statusCode() == 200 && answer.body().equals(expectedBody)) {
            answers.merge(answer.headers().firstValue("X-Version").orElse("none"), 1, Integer::sum);
        } else {
            failures.add("status " + answer.statusCode() + ", body '" + answer.body() + "'");
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Lets the clients finish the request that they are at. */
    void stop() {
        stopping = true;
        clients.shutdown();
        try {
            if (!clients.awaitTermination(ANSWER.toSeconds() + 1, TimeUnit.SECONDS)) {
                clients.shutdownNow();
            }
        } catch (InterruptedException e) {
            clients.shutdownNow();
            throw QuickstartFailure.interrupted();
        }
    }
}

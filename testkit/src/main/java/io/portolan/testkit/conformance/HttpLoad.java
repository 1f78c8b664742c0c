package io.portolan.testkit.conformance;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Asks a service without pause from several threads, and keeps what came back. */
final class HttpLoad implements AutoCloseable {
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> clients = new ArrayList<>();

    /** When a request was sent and what was answered. */
    private record Answer(long sentAt, long answeredAt, String body) {}

    private HttpLoad() {}

    static HttpLoad start(URI uri, int clients) {
        HttpLoad load = new HttpLoad();
        for (int i = 0; i < clients; i++) {
            Thread client = new Thread(() -> load.ask(uri), "http-load-" + i);
            client.setDaemon(true);
            load.clients.add(client);
            client.start();
        }
        return load;
    }

    private void ask(URI uri) {
        HttpProbe http = new HttpProbe();
        while (!stopped.get()) {
            long sentAt = System.nanoTime();
            try {
                String body = http.get(uri);
                answers.add(new Answer(sentAt, System.nanoTime(), body));
            } catch (AssertionError e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
    }

    void awaitAnswers(int count, Duration limit) {
        until(limit, () -> answers.size() >= count);
    }

    void awaitAnswersWith(String text, int count, Duration limit) {
        until(limit, () -> answers.stream().filter(a -> a.body().contains(text)).count() >= count);
    }

    private void until(Duration limit, BooleanSupplier condition) {
        Awaitility.await().atMost(limit).until(() -> condition.getAsBoolean() || failures.size() > 100);
    }

    /** Ends the load when every request was answered. */
    void stop() throws InterruptedException {
        stopped.set(true);
        for (Thread client : clients) {
            client.join();
        }
    }

    List<String> failures() {
        return failures;
    }

    /** How many requests that were sent after the last old answer could be known to be over still got an old answer. */
    long staleAnswersAfterUpdate(String before, String after) {
        long grace = Duration.ofSeconds(2).toNanos();
        long firstNew = answers.stream()
                .filter(a -> a.body().contains(after))
                .mapToLong(Answer::answeredAt)
                .min()
                .orElse(Long.MAX_VALUE - grace);
        return answers.stream()
                .filter(a -> a.body().contains(before) && a.sentAt() > firstNew + grace)
                .count();
    }

    @Override
    public void close() {
        stopped.set(true);
        clients.forEach(Thread::interrupt);
    }
}

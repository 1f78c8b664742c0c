package io.portolan.local.proof;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What the engine says happened to the containers of one application, from the opening of this on. */
final class EngineEvents implements AutoCloseable {
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final ResultCallback.Adapter<Event> stream;

    EngineEvents(ProofEngine engine) {
        stream = engine.client()
                .eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withLabelFilter(engine.labels())
                .exec(new ResultCallback.Adapter<>() {
                    @Override
                    public void onNext(Event event) {
                        events.add(event);
                    }
                });
        try {
            if (!stream.awaitStarted(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the engine sends no events");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How often something happened to any container. */
    long count(String action) {
        return events.stream().filter(e -> action.equals(e.getAction())).count();
    }

    /** Container id to how often its process was started. */
    Map<String, Long> startsOfEach() {
        return events.stream()
                .filter(e -> "start".equals(e.getAction()))
                .collect(Collectors.groupingBy(e -> Objects.requireNonNull(e.getId()), Collectors.counting()));
    }

    /** How many containers ran at the same time at most, by the engine's own clock. */
    int mostAtOnce() {
        int now = 0;
        int most = 0;
        List<Event> ordered = events.stream()
                .filter(e -> List.of("start", "die").contains(e.getAction()))
                .sorted(Comparator.comparingLong(e -> Objects.requireNonNull(e.getTimeNano())))
                .toList();
        for (Event event : ordered) {
            now += "start".equals(event.getAction()) ? 1 : -1;
            most = Math.max(most, now);
        }
        return most;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

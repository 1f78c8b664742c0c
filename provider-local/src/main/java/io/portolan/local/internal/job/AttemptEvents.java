package io.portolan.local.internal.job;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.spi.TaskLauncher.Subscription;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of attempts that ended (that they started, whoever launched them knows): one stream of events on one thread, whoever listens. A stream that is cut is opened again, later
 * and later; what is missed meanwhile is found by polling.
 */
final class AttemptEvents {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptEvents.class);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final DockerEngine engine;
    private final String application;
    private final Consumer<String> died;
    private final List<Consumer<AttemptKey>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Stream stream;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /**
     * Events of one application.
     *
     * @param engine the engine
     * @param application whose attempts
     * @param died told of each container that ended, before the listeners are
     */
    AttemptEvents(DockerEngine engine, String application, Consumer<String> died) {
        this.engine = engine;
        this.application = application;
        this.died = died;
    }

    Subscription watch(Consumer<AttemptKey> changed) {
        listeners.add(changed);
        open();
        return () -> {
            listeners.remove(changed);
            closeIfUnused();
        };
    }

    void close() {
        listeners.clear();
        closeIfUnused();
    }

    private synchronized void open() {
        if (stream != null || listeners.isEmpty()) {
            return;
        }
        Stream opened = new Stream();
        stream = opened;
        try {
            engine.stream(
                    "events",
                    application,
                    client -> client.eventsCmd()
                            .withEventTypeFilter(EventType.CONTAINER)
                            .withEventFilter("die", "oom", "destroy")
                            .withLabelFilter(Labels.filter(application, Kind.ATTEMPT))
                            .exec(opened));
        } catch (PortolanException e) {
            ended(opened, e.getMessage());
        }
    }

    private synchronized void closeIfUnused() {
        if (stream != null && listeners.isEmpty()) {
            Stream open = stream;
            stream = null;
            open.end();
        }
    }

    private synchronized void ended(Stream which, @Nullable String why) {
        if (stream != which) {
            return; // closed on purpose
        }
        stream = null;
        LOG.debug("events ended reason={} reopening in={}ms", why, pauseMillis);
        try {
            Future<?> unused = engine.scheduler().schedule(this::open, pauseMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | PortolanException e) {
            LOG.debug("closed, not reopening events");
        }
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
    }

    private synchronized void alive() {
        pauseMillis = FIRST_PAUSE_MILLIS;
    }

    private void tell(Event event) {
        Map<String, String> labels =
                event.getActor() == null ? null : event.getActor().getAttributes();
        AttemptKey key = labels == null ? null : Labels.attempt(labels);
        if (key == null) {
            return;
        }
        if ("die".equals(event.getAction()) && event.getId() != null) {
            died.accept(event.getId());
        }
        for (Consumer<AttemptKey> listener : listeners) {
            try {
                listener.accept(key);
            } catch (RuntimeException e) {
                LOG.warn("A listener to attempts failed", e);
            }
        }
    }

    /** One connection. */
    private final class Stream extends ResultCallbackTemplate<Stream, Event> {
        @Override
        public void onNext(Event event) {
            alive();
            tell(event);
        }

        /** A cut is normal life; docker-java would log it as an error. */
        @Override
        public void onError(Throwable error) {
            super.onComplete();
            ended(this, error.toString());
        }

        @Override
        public void onComplete() {
            super.onComplete();
            ended(this, "end of stream");
        }

        void end() {
            try {
                close();
            } catch (IOException e) {
                LOG.debug("events did not close cleanly", e);
            }
        }
    }
}

package io.portolan.local.internal.job;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.Frame;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.engine.DockerEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the last line of standard error: the only place where the engine says that a program could not even be loaded. */
final class StderrTail {
    private static final Logger LOG = LoggerFactory.getLogger(StderrTail.class);
    private static final int LONGEST = 2_000;
    private static final long SECONDS = 5;

    private final DockerEngine engine;

    StderrTail(DockerEngine engine) {
        this.engine = engine;
    }

    /** The line, null if there is none or it cannot be read: a verdict does not wait for it. */
    @Nullable
    String lastLine(String container) {
        try {
            return engine.stream("logs", container, client -> {
                try (Line line = client.logContainerCmd(container)
                        .withStdErr(true)
                        .withTail(1)
                        .exec(new Line())) {
                    line.awaitCompletion(SECONDS, TimeUnit.SECONDS);
                    return line.text();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return null;
                } catch (IOException e) {
                    LOG.debug("last line of container={} did not close cleanly", container);
                    return null;
                }
            });
        } catch (PortolanException e) {
            LOG.debug("no last line of container={} error={}", container, e.getMessage());
            return null;
        }
    }

    /** Collects a little text. */
    private static final class Line extends ResultCallbackTemplate<Line, Frame> {
        private final StringBuilder text = new StringBuilder();

        @Override
        public synchronized void onNext(Frame frame) {
            if (text.length() < LONGEST) {
                text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
            }
        }

        /** A verdict does without the line; docker-java would log the error. */
        @Override
        public void onError(Throwable error) {
            onComplete();
        }

        synchronized @Nullable String text() {
            String line = text.toString().strip();
            return line.isEmpty() ? null : line;
        }
    }
}

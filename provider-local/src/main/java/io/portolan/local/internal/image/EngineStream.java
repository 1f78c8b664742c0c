package io.portolan.local.internal.image;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.ResponseItem;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of a pull, a push, a load or a build to its end. The engine answers 200 before it begins, and reports failures among the
 * lines: the first of them is kept, so that no failure looks like a success. (docker-java's own callbacks take it for one, and log errors
 * that are thrown as well.)
 *
 * @param <T> the lines
 */
final class EngineStream<T extends ResponseItem> implements ResultCallback<T> {
    private final Consumer<T> lines;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final AtomicReference<@Nullable Closeable> connection = new AtomicReference<>();
    private final AtomicReference<@Nullable String> error = new AtomicReference<>();

    EngineStream(Consumer<T> lines) {
        this.lines = lines;
    }

    @Override
    public void onStart(Closeable stream) {
        connection.set(stream);
        if (end.isDone()) {
            close();
        }
    }

    @Override
    public void onNext(T line) {
        if (line.isErrorIndicated()) {
            error.compareAndSet(null, text(line));
        }
        lines.accept(line);
    }

    private static String text(ResponseItem line) {
        ResponseItem.ErrorDetail detail = line.getErrorDetail();
        String text = detail == null ? null : detail.getMessage();
        return Objects.requireNonNullElse(text, "an error without a text").strip();
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
        close();
    }

    @Override
    public void onComplete() {
        end.complete(null);
        close();
    }

    /** Ends the call: the engine stops a build or a transfer whose connection is gone. */
    @Override
    public void close() {
        Closeable open = connection.getAndSet(null);
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is the end of the connection that is wanted, and that it has.
            }
        }
    }

    /**
     * Waits for the end.
     *
     * @return what the engine says went wrong, empty if nothing did
     */
    Optional<String> await(String operation, String resource) {
        try {
            end.get();
            return Optional.ofNullable(error.get());
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw PortolanException.builder(
                            ErrorCode.CANCELLED,
                            "The thread was interrupted during " + operation + " of '" + resource + "'")
                    .provider("local")
                    .operation(operation)
                    .resource(resource)
                    .cause(e)
                    .build();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }
}

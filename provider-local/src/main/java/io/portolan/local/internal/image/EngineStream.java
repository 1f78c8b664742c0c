package io.portolan.local.internal.image;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.ResponseItem;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of a pull, a push, a load or a build to its end. The engine answers 200 before it begins, and reports failures among the
 * lines: the first of them is kept, so that no failure looks like a success.
 *
 * @param <T> the lines
 */
final class EngineStream<T extends ResponseItem> extends ResultCallbackTemplate<EngineStream<T>, T> {
    private final Consumer<T> lines;
    private volatile @Nullable String error;

    EngineStream(Consumer<T> lines) {
        this.lines = lines;
    }

    @Override
    public void onNext(T line) {
        if (error == null && line.isErrorIndicated()) {
            error = text(line);
        }
        lines.accept(line);
    }

    private static String text(ResponseItem line) {
        ResponseItem.ErrorDetail detail = line.getErrorDetail();
        String text = detail == null ? null : detail.getMessage();
        return Objects.requireNonNullElse(text, "an error without a text").strip();
    }

    /**
     * Waits for the end.
     *
     * @return what the engine says went wrong, empty if nothing did
     */
    Optional<String> await(String operation, String resource) {
        try (this) {
            awaitCompletion();
            return Optional.ofNullable(error);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PortolanException.builder(
                            ErrorCode.CANCELLED,
                            "The thread was interrupted during " + operation + " of '" + resource + "'")
                    .provider("local")
                    .operation(operation)
                    .resource(resource)
                    .cause(e)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

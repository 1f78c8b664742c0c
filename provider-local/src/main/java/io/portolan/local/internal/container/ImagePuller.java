package io.portolan.local.internal.container;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.ImageReference;
import io.portolan.images.RegistryAccess;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.engine.DockerErrors;
import io.portolan.local.internal.engine.RegistryAuth;
import io.portolan.run.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pulls images that containers need. Fifty containers of one image that is missing make one pull. */
final class ImagePuller {
    private static final Logger LOG = LoggerFactory.getLogger(ImagePuller.class);

    private final DockerEngine engine;
    private final RegistryAccess access;
    private final ConcurrentMap<String, CompletableFuture<Void>> running = new ConcurrentHashMap<>();

    ImagePuller(DockerEngine engine) {
        this.engine = engine;
        this.access =
                RegistryAccess.ofDockerConfig(engine.dockerConfigDirectory().resolve("config.json"));
    }

    /**
     * Pulls an image, or waits for the pull of it that is under way.
     *
     * @param container for which container, for messages
     * @param image the image
     * @param platform which variant, null for the engine's own
     * @throws RefusedException if the registry does not give it
     */
    void pull(String container, ImageReference image, @Nullable String platform) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = running.putIfAbsent(image + " " + platform, mine);
        if (other != null) {
            await(other, image);
            return;
        }
        try {
            pullNow(container, image, platform);
            mine.complete(null);
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(image + " " + platform, mine);
        }
    }

    /** What the engine says does not always name the image. */
    private static Failure failure(ImageReference image, String text) {
        Failure plain = FailureMapper.pull(text);
        Failure named = Failure.of(plain.cause(), "Image '" + image + "' cannot be pulled: " + plain.message())
                .retryable(plain.isRetryable());
        return plain.hint().map(named::hint).orElse(named);
    }

    private void pullNow(String container, ImageReference image, @Nullable String platform) {
        LOG.debug("pull image={} platform={}", image, platform);
        try {
            engine.stream("pull", image.toString(), client -> {
                PullImageCmd command = client.pullImageCmd(image.name());
                image.digest()
                        .ifPresentOrElse(command::withTag, () -> image.tag().ifPresent(command::withTag));
                access.credentials(image.registry())
                        .ifPresent(pair -> command.withAuthConfig(RegistryAuth.of(image.registry(), pair)));
                if (platform != null) {
                    command.withPlatform(platform);
                }
                try (Pull pull = command.exec(new Pull())) {
                    return pull.result();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (PullFailed e) {
            throw new RefusedException(container, failure(image, String.valueOf(e.getMessage())), e);
        } catch (PortolanException e) {
            if (e.getCause() == null || !DockerErrors.isAnswer(e.getCause())) {
                throw e;
            }
            throw new RefusedException(container, failure(image, DockerErrors.text(e.getCause())), e);
        }
    }

    private static void await(CompletableFuture<Void> pull, ImageReference image) {
        try {
            pull.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortolanException(
                    ErrorCode.CANCELLED, "The thread was interrupted while image '" + image + "' was pulled");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PortolanException failed) {
                throw failed;
            }
            throw new PortolanException(ErrorCode.UNKNOWN, "Pull of '" + image + "' failed: " + e.getCause());
        }
    }

    /** An error in the stream of a pull, which itself ends well. */
    private static final class PullFailed extends PortolanException {
        private static final long serialVersionUID = 1L;

        PullFailed(String message) {
            super(ErrorCode.FAILED, message);
        }
    }

    /** Keeps the first error of a pull. */
    private static final class Pull extends ResultCallbackTemplate<Pull, PullResponseItem> {
        private volatile @Nullable String error;
        private volatile @Nullable Throwable thrown;

        @Override
        public void onNext(PullResponseItem item) {
            ResponseItem.ErrorDetail detail = item.getErrorDetail();
            if (detail != null && detail.getMessage() != null) {
                error = detail.getMessage();
            }
        }

        /** Kept and thrown by {@link #result}; docker-java would also log it. */
        @Override
        public void onError(Throwable error) {
            thrown = error;
            onComplete();
        }

        boolean result() {
            try {
                awaitCompletion();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PortolanException(ErrorCode.CANCELLED, "The thread was interrupted during a pull");
            }
            if (thrown != null) {
                throw thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
            }
            if (error != null) {
                throw new PullFailed(error);
            }
            return true;
        }
    }
}

package io.portolan.local.internal.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ContainerConfig;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.ImageReference;
import io.portolan.local.internal.container.ContainerModel.Command;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.engine.DockerErrors;
import io.portolan.spec.ContainerSpec;
import io.portolan.spi.ProviderConfig;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes containers on the engine: image, container, secret files. Thread-safe. */
public final class Containers {
    private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final DockerEngine engine;
    private final ContainerMapper mapper;
    private final SecretResolver secrets;
    private final ImagePuller puller;
    private final String pull;
    private final ConcurrentMap<String, Long> pulledAt = new ConcurrentHashMap<>();

    /**
     * Containers of one engine.
     *
     * @param engine the engine
     * @param config the settings
     */
    public Containers(DockerEngine engine, ProviderConfig config) {
        this.engine = engine;
        this.mapper = new ContainerMapper(config);
        this.secrets = new SecretResolver(config);
        this.puller = new ImagePuller(engine);
        this.pull = config.text(ContainerKeys.PULL).orElse("missing");
    }

    /**
     * Maps a request with the values of its secret variables.
     *
     * @param request what is wanted, without secret variables
     * @return the container, ready to be created
     * @throws MissingSecretException if a secret is not there
     */
    public ContainerModel map(ContainerRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        request.spec().container().secretEnv().forEach((name, ref) -> values.put(name, secrets.resolveText(ref)));
        return mapper.map(new ContainerRequest(
                request.spec(), request.name(), request.labels(), request.environment(), values, request.network()));
    }

    /**
     * Creates a container, pulling its image where the settings say so; does not start it.
     *
     * @param model what to create
     * @return its id
     * @throws RefusedException if the engine or the registry refuses it for good
     * @throws PortolanException CONFLICT if the name is taken; otherwise if the engine could not be asked
     */
    public String create(ContainerModel model) {
        ImageReference image = ImageReference.parse(model.image());
        if (pull.equals("always")) {
            refresh(model, image);
        }
        try {
            return createNow(model);
        } catch (RefusedException e) {
            if (pull.equals("never")
                    || !FailureMapper.isMissingImage(e.failure().message())) {
                throw e;
            }
            puller.pull(model.name(), image, model.platform());
            return createNow(model);
        }
    }

    /**
     * Creates a container of an image that the engine has, which may be given by its id. Pulls nothing; does not start it.
     *
     * @param model what to create
     * @return its id
     * @throws RefusedException if the engine refuses it for good
     * @throws PortolanException CONFLICT if the name is taken; otherwise if the engine could not be asked
     */
    public String createExisting(ContainerModel model) {
        return createNow(model);
    }

    /**
     * Makes the engine have an image, pulling it where the settings say so.
     *
     * @param container for which container, for messages
     * @param image the image
     * @param platform which variant, null for the engine's own
     * @return the engine's id of the image
     * @throws RefusedException if there is no such image to be had
     */
    public String ensureImage(String container, ImageReference image, @Nullable String platform) {
        if (pull.equals("always")) {
            puller.pull(container, image, platform);
        }
        try {
            return imageId(image);
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            if (pull.equals("never")) {
                throw refused(e, container);
            }
        }
        puller.pull(container, image, platform);
        return imageId(image);
    }

    private String imageId(ImageReference image) {
        return String.valueOf(engine.read(
                        "inspect image",
                        image.toString(),
                        client -> client.inspectImageCmd(image.toString()).exec())
                .getId());
    }

    /**
     * Copies the secret files of a container into it. To be called before it is started; may be called again.
     *
     * @param model the container
     * @param spec what it was made from
     * @param name its present name
     * @throws MissingSecretException if a secret is not there
     */
    public void placeSecretFiles(ContainerModel model, ContainerSpec spec, String name) {
        if (spec.secretFiles().isEmpty()) {
            return;
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        spec.secretFiles().forEach((path, ref) -> files.put(path, secrets.resolve(ref)));
        byte[] archive = SecretArchive.of(files, user(model, spec));
        ContainerModel carrier = mapper.carrier(model, spec);
        if (carrier == null) {
            copy(name, archive);
            return;
        }
        remove(carrier.name());
        createNow(carrier);
        try {
            copy(carrier.name(), archive);
        } finally {
            remove(carrier.name());
        }
    }

    /**
     * Checks that the secrets of a container are there, before anything is made.
     *
     * @param spec what it is made from
     * @throws MissingSecretException if one is not
     */
    public void requireSecrets(ContainerSpec spec) {
        spec.secretEnv().values().forEach(secrets::resolveText);
        spec.secretFiles().values().forEach(secrets::resolve);
    }

    private void refresh(ContainerModel model, ImageReference image) {
        String key = image + " " + model.platform();
        Long last = pulledAt.get(key);
        if (last == null || System.nanoTime() - last > FRESH_NANOS) {
            puller.pull(model.name(), image, model.platform());
            pulledAt.put(key, System.nanoTime());
        }
    }

    private String createNow(ContainerModel model) {
        try {
            return engine.change(
                    "create",
                    model.name(),
                    client -> fill(client.createContainerCmd(model.image()), model)
                            .exec()
                            .getId());
        } catch (PortolanException e) {
            throw refused(e, model.name());
        }
    }

    /**
     * Tells what the engine refuses for good from what it could not be asked.
     *
     * @param error an error of the engine
     * @param container what it is about
     * @return what to throw
     */
    public static PortolanException refused(PortolanException error, String container) {
        Throwable cause = error.getCause();
        if (cause == null
                || !DockerErrors.isAnswer(cause)
                || error instanceof RefusedException
                || error.code() == ErrorCode.CONFLICT
                || error.code() == ErrorCode.UNAVAILABLE
                || error.code() == ErrorCode.THROTTLED) {
            return error;
        }
        String status = Integer.toString(DockerErrors.status(cause));
        return new RefusedException(container, FailureMapper.start(DockerErrors.text(cause), status), error);
    }

    private @Nullable String user(ContainerModel model, ContainerSpec spec) {
        if (spec.user().isPresent()) {
            return spec.user().get();
        }
        ContainerConfig image = engine.read(
                "inspect",
                model.image(),
                client -> client.inspectImageCmd(model.image()).exec().getConfig());
        return image == null ? null : image.getUser();
    }

    private void copy(String container, byte[] archive) {
        engine.change(
                "copy secret files",
                container,
                client -> client.copyArchiveToContainerCmd(container)
                        .withTarInputStream(new ByteArrayInputStream(archive))
                        .withRemotePath("/")
                        .exec());
    }

    private void remove(String container) {
        try {
            engine.change(
                    "remove",
                    container,
                    client -> client.removeContainerCmd(container).exec());
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    /**
     * Puts a container into the command that creates it.
     *
     * @param command for the container's image
     * @param model the container
     * @return the command
     */
    static CreateContainerCmd fill(CreateContainerCmd command, ContainerModel model) {
        Command process = model.process();
        command.withName(model.name())
                .withLabels(model.labels())
                .withEnv(process.environment())
                .withStopTimeout(process.stopSeconds())
                .withHostConfig(model.host());
        if (!process.entrypoint().isEmpty()) {
            command.withEntrypoint(process.entrypoint());
        }
        if (!process.command().isEmpty()) {
            command.withCmd(process.command());
        }
        if (process.user() != null) {
            command.withUser(process.user());
        }
        if (process.workingDirectory() != null) {
            command.withWorkingDir(process.workingDirectory());
        }
        if (model.platform() != null) {
            command.withPlatform(model.platform());
        }
        if (!model.network().exposedPorts().isEmpty()) {
            command.withExposedPorts(model.network().exposedPorts());
        }
        if (!model.network().aliases().isEmpty()) {
            command.withAliases(model.network().aliases());
        }
        return command;
    }
}

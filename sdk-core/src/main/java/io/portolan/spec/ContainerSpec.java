package io.portolan.spec;

import io.portolan.image.ImageReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs in one task or one replica: image, command, environment, resources. The part that jobs and services share. Immutable; made by
 * the builders of {@link JobSpec} and {@link ServiceSpec}, where each setting is described.
 */
public final class ContainerSpec {
    private final ImageReference image;
    private final List<String> command;
    private final List<String> args;
    private final Map<String, String> env;
    private final Map<String, SecretRef> secretEnv;
    private final Map<String, SecretRef> secretFiles;
    private final List<VolumeMount> volumes;
    private final Resources resources;
    private final @Nullable String workingDirectory;
    private final @Nullable String user;
    private final boolean readOnlyRootFilesystem;
    private final boolean initProcess;
    private final Duration stopGracePeriod;

    ContainerSpec(WorkloadBuilder<?> builder, ImageReference image) {
        this.image = image;
        this.command = List.copyOf(builder.command);
        this.args = List.copyOf(builder.args);
        this.env = Collections.unmodifiableMap(new LinkedHashMap<>(builder.env));
        this.secretEnv = Collections.unmodifiableMap(new LinkedHashMap<>(builder.secretEnv));
        this.secretFiles = Collections.unmodifiableMap(new LinkedHashMap<>(builder.secretFiles));
        this.volumes = Collections.unmodifiableList(new ArrayList<>(builder.volumes));
        this.resources = builder.resources;
        this.workingDirectory = builder.workingDirectory;
        this.user = builder.user;
        this.readOnlyRootFilesystem = builder.readOnlyRootFilesystem;
        this.initProcess = builder.initProcess;
        this.stopGracePeriod = builder.stopGracePeriod;
    }

    /**
     * The image.
     *
     * @return the reference
     */
    public ImageReference image() {
        return image;
    }

    /**
     * Replaces the image's entrypoint.
     *
     * @return program and first arguments; empty to keep the image's
     */
    public List<String> command() {
        return command;
    }

    /**
     * Replaces the image's default arguments (Docker's CMD).
     *
     * @return the arguments; empty to keep the image's, unless {@link #command()} is given
     */
    public List<String> args() {
        return args;
    }

    /**
     * Plain environment variables.
     *
     * @return in the order of their addition
     */
    public Map<String, String> env() {
        return env;
    }

    /**
     * Environment variables whose values are secrets.
     *
     * @return variable to secret
     */
    public Map<String, SecretRef> secretEnv() {
        return secretEnv;
    }

    /**
     * Files whose contents are secrets.
     *
     * @return absolute path in the container to secret
     */
    public Map<String, SecretRef> secretFiles() {
        return secretFiles;
    }

    /**
     * Mounted volumes.
     *
     * @return in the order of their addition
     */
    public List<VolumeMount> volumes() {
        return volumes;
    }

    /**
     * Limits of the container.
     *
     * @return the resources
     */
    public Resources resources() {
        return resources;
    }

    /**
     * Where the command starts.
     *
     * @return an absolute path, empty to keep the image's
     */
    public Optional<String> workingDirectory() {
        return Optional.ofNullable(workingDirectory);
    }

    /**
     * Who the command runs as.
     *
     * @return {@code user[:group]}, names or numbers; empty to keep the image's
     */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /**
     * Whether only volumes can be written.
     *
     * @return default false
     */
    public boolean readOnlyRootFilesystem() {
        return readOnlyRootFilesystem;
    }

    /**
     * Whether a small init process reaps children and forwards signals.
     *
     * @return default false, as on Cloud Run, which has none
     */
    public boolean initProcess() {
        return initProcess;
    }

    /**
     * Time between the request to stop (SIGTERM) and the kill (SIGKILL).
     *
     * @return default 10 seconds
     */
    public Duration stopGracePeriod() {
        return stopGracePeriod;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContainerSpec that && state().equals(that.state());
    }

    @Override
    public int hashCode() {
        return state().hashCode();
    }

    private List<@Nullable Object> state() {
        List<@Nullable Object> state = new ArrayList<>(
                List.of(image, command, args, env, secretEnv, secretFiles, volumes, resources, readOnlyRootFilesystem));
        Collections.addAll(state, initProcess, stopGracePeriod, workingDirectory, user);
        return Collections.unmodifiableList(state);
    }

    /** Image, command and resources; names but not values of environment variables. */
    @Override
    public String toString() {
        return "image=" + image + ", command=" + command + ", args=" + args.size() + ", env=" + env.keySet()
                + ", secretEnv=" + secretEnv.keySet() + ", resources=[" + Objects.toString(resources) + "]";
    }
}

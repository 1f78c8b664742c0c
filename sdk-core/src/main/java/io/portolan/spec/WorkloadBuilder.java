package io.portolan.spec;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings that jobs and services share. Setters that add ({@code env(k, v)}) keep what is there; setters of a whole collection
 * replace it. Nothing is checked until {@code build()}, which reports everything at once. Not thread-safe.
 *
 * @param <B> the concrete builder
 */
public abstract sealed class WorkloadBuilder<B extends WorkloadBuilder<B>>
        permits JobSpec.Builder, ServiceSpec.Builder {
    static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    final String name;
    final List<Violation> early = new ArrayList<>();

    @Nullable
    ImageReference image;

    boolean imageGiven;
    List<String> command = List.of();
    List<String> args = List.of();
    Map<String, String> env = new LinkedHashMap<>();
    Map<String, SecretRef> secretEnv = new LinkedHashMap<>();
    Map<String, SecretRef> secretFiles = new LinkedHashMap<>();
    List<VolumeMount> volumes = new ArrayList<>();
    Resources resources = Resources.DEFAULT;

    @Nullable
    String workingDirectory;

    @Nullable
    String user;

    boolean readOnlyRootFilesystem;
    boolean initProcess;
    Duration stopGracePeriod = DEFAULT_GRACE;
    Map<String, String> labels = new LinkedHashMap<>();
    List<ProviderOptions> options = new ArrayList<>();

    WorkloadBuilder(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    WorkloadBuilder(WorkloadSpec spec) {
        this(spec.name());
        ContainerSpec container = spec.container();
        this.image = container.image();
        this.imageGiven = true;
        this.command = container.command();
        this.args = container.args();
        this.env = new LinkedHashMap<>(container.env());
        this.secretEnv = new LinkedHashMap<>(container.secretEnv());
        this.secretFiles = new LinkedHashMap<>(container.secretFiles());
        this.volumes = new ArrayList<>(container.volumes());
        this.resources = container.resources();
        this.workingDirectory = container.workingDirectory().orElse(null);
        this.user = container.user().orElse(null);
        this.readOnlyRootFilesystem = container.readOnlyRootFilesystem();
        this.initProcess = container.initProcess();
        this.stopGracePeriod = container.stopGracePeriod();
        this.labels = new LinkedHashMap<>(spec.labels());
        this.options = new ArrayList<>(spec.options());
    }

    abstract B self();

    /**
     * The image. Required. Similar to {@code image} of a Kubernetes container.
     *
     * @param reference for example {@code ghcr.io/acme/etl:1.4}
     * @return this
     */
    public B image(String reference) {
        imageGiven = true;
        early.clear(); // of an earlier image, which this one replaces
        try {
            image = ImageReference.parse(reference);
        } catch (IllegalArgumentException e) {
            image = null;
            early.add(new Violation(
                    "image",
                    reference.length() > 100 ? reference.substring(0, 100) + "..." : reference,
                    "must be [registry/]repository[:tag][@digest]",
                    "write for example 'ghcr.io/acme/etl:1.4'"));
        }
        return self();
    }

    /**
     * The image. Required.
     *
     * @param reference the reference
     * @return this
     */
    public B image(ImageReference reference) {
        image = Objects.requireNonNull(reference, "image");
        imageGiven = true;
        early.clear();
        return self();
    }

    /**
     * The image. Required.
     *
     * @param value an image that was built, pulled or published
     * @return this
     */
    public B image(Image value) {
        return image(value.reference());
    }

    /**
     * Replaces the image's entrypoint; {@code command} in Kubernetes, {@code ENTRYPOINT} in Docker.
     *
     * @param words program and first arguments
     * @return this
     */
    public B command(String... words) {
        command = List.of(words);
        return self();
    }

    /**
     * Replaces the image's default arguments; {@code args} in Kubernetes, {@code CMD} in Docker.
     *
     * @param words the arguments
     * @return this
     */
    public B args(String... words) {
        args = List.of(words);
        return self();
    }

    /**
     * Adds one environment variable.
     *
     * @param variable {@code [A-Za-z_][A-Za-z0-9_.-]*}; names that the contract reserves ({@code PORT}, {@code CLOUD_RUN_*}) are refused
     * @param value any text without NUL
     * @return this
     */
    public B env(String variable, String value) {
        env.put(Objects.requireNonNull(variable, "variable"), Objects.requireNonNull(value, "value"));
        return self();
    }

    /**
     * Replaces all environment variables.
     *
     * @param variables name to value
     * @return this
     */
    public B env(Map<String, String> variables) {
        env = new LinkedHashMap<>(variables);
        return self();
    }

    /**
     * Adds one environment variable whose value is a secret.
     *
     * @param variable as for {@link #env(String, String)}
     * @param secret the name of the secret
     * @return this
     */
    public B secretEnv(String variable, SecretRef secret) {
        secretEnv.put(Objects.requireNonNull(variable, "variable"), Objects.requireNonNull(secret, "secret"));
        return self();
    }

    /**
     * Adds one file whose content is a secret.
     *
     * @param path absolute path in the container
     * @param secret the name of the secret
     * @return this
     */
    public B secretFile(String path, SecretRef secret) {
        secretFiles.put(Objects.requireNonNull(path, "path"), Objects.requireNonNull(secret, "secret"));
        return self();
    }

    /**
     * Mounts a volume to read and write.
     *
     * @param path absolute path in the container
     * @param volume the volume
     * @return this
     */
    public B volume(String path, Volume volume) {
        return volume(new VolumeMount(path, volume, false));
    }

    /**
     * Mounts a volume.
     *
     * @param mount path, volume and mode
     * @return this
     */
    public B volume(VolumeMount mount) {
        volumes.add(Objects.requireNonNull(mount, "mount"));
        return self();
    }

    /**
     * Limits of the container. Default {@link Resources#DEFAULT}.
     *
     * @param value the resources
     * @return this
     */
    public B resources(Resources value) {
        resources = Objects.requireNonNull(value, "resources");
        return self();
    }

    /**
     * Where the command starts. Default: the image's.
     *
     * @param path absolute
     * @return this
     */
    public B workingDirectory(String path) {
        workingDirectory = Objects.requireNonNull(path, "path");
        return self();
    }

    /**
     * Who the command runs as. Default: the image's.
     *
     * @param value {@code user[:group]}, names or numbers
     * @return this
     */
    public B user(String value) {
        user = Objects.requireNonNull(value, "user");
        return self();
    }

    /**
     * Whether only volumes can be written. Default false.
     *
     * @param value true to refuse writes to the image's files
     * @return this
     */
    public B readOnlyRootFilesystem(boolean value) {
        readOnlyRootFilesystem = value;
        return self();
    }

    /**
     * Whether a small init process reaps children and forwards signals. Default false.
     *
     * @param value true to have one
     * @return this
     */
    public B initProcess(boolean value) {
        initProcess = value;
        return self();
    }

    /**
     * Time between SIGTERM and SIGKILL when a container is stopped. Default 10 seconds, Cloud Run's fixed value.
     *
     * @param value 0 to 1 hour, in whole seconds
     * @return this
     */
    public B stopGracePeriod(Duration value) {
        stopGracePeriod = Objects.requireNonNull(value, "stopGracePeriod");
        return self();
    }

    /**
     * Adds one label, for the user's own finding and billing. Keys that start with {@code io.portolan} are ours.
     *
     * @param key {@code [a-z][a-z0-9_.-]{0,62}}
     * @param value up to 63 characters {@code [A-Za-z0-9_.-]}, may be empty: what all clouds accept
     * @return this
     */
    public B label(String key, String value) {
        labels.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return self();
    }

    /**
     * Attaches settings that only one provider knows. Replaces earlier ones of the same provider.
     *
     * @param value the settings
     * @return this
     */
    public B options(ProviderOptions value) {
        options.removeIf(o -> o.provider().equals(value.provider()));
        options.add(value);
        return self();
    }

    final void requireValid(String kind, List<Violation> own) {
        List<Violation> all = new ArrayList<>(SpecRules.check(this));
        all.addAll(own);
        if (!all.isEmpty()) {
            throw new InvalidSpecException(
                    kind + " '" + (name.length() > 60 ? name.substring(0, 60) + "..." : name) + "'", all);
        }
    }
}

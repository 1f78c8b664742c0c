package io.portolan.image;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files on a base image, built without an engine. Reproducible: layers hold no times or owners of the machine, so the same inputs give the
 * same image. Immutable: methods named after a setting give a changed copy.
 *
 * <p>How it is carried: Jib-core, one layer per {@code add} call; a Java application gets one layer for its jars and one for its classes.
 */
public final class FilesBuild implements ImageBuild {
    /** The base of Java applications unless changed. */
    public static final String DEFAULT_JAVA_BASE = "eclipse-temurin:17-jre";

    /** The base of nothing. */
    public static final String SCRATCH = "scratch";

    /**
     * A file or directory that is copied.
     *
     * @param source on this machine; directories are copied with all that is in them
     * @param destination absolute path in the image
     * @param mode permission bits for files, for example 0644 or 0755; null keeps the executable bit of the source
     */
    public record Entry(
            Path source, String destination, @Nullable Integer mode) {
        /** Checks for null. */
        public Entry {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(destination, "destination");
        }
    }

    private final Draft draft;

    private FilesBuild(Draft draft) {
        this.draft = draft;
    }

    static FilesBuild on(String base) {
        Draft draft = new Draft();
        draft.base = Objects.requireNonNull(base, "base");
        return new FilesBuild(draft);
    }

    static FilesBuild java(String mainClass, Path... classpath) {
        Draft draft = new Draft();
        draft.base = DEFAULT_JAVA_BASE;
        draft.mainClass = Objects.requireNonNull(mainClass, "mainClass");
        draft.classpath = List.of(classpath);
        return new FilesBuild(draft);
    }

    /**
     * Names the result. Required.
     *
     * @param repository for example {@code etl} or {@code ghcr.io/acme/etl}
     * @param tag for example {@code 1.4}
     * @return a changed copy
     */
    public FilesBuild named(String repository, String tag) {
        Draft next = draft.copy();
        next.target = ImageReference.parse(repository + ":" + tag);
        return new FilesBuild(next);
    }

    /**
     * Another base: an image reference, {@value #SCRATCH}, or {@code tar:} and the path of an image tar on this machine.
     *
     * @param value the base
     * @return a changed copy
     */
    public FilesBuild base(String value) {
        Draft next = draft.copy();
        next.base = Objects.requireNonNull(value, "base");
        return new FilesBuild(next);
    }

    /**
     * Adds a file or directory as a layer.
     *
     * @param source on this machine
     * @param destination absolute path in the image
     * @return a changed copy
     */
    public FilesBuild add(Path source, String destination) {
        return add(new Entry(source, destination, null));
    }

    /**
     * Adds a file or directory as a layer.
     *
     * @param entry source, destination and mode
     * @return a changed copy
     */
    public FilesBuild add(Entry entry) {
        Draft next = draft.copy();
        next.entries.add(entry);
        return new FilesBuild(next);
    }

    /**
     * The image's entrypoint. A Java application has its own.
     *
     * @param words program and first arguments
     * @return a changed copy
     */
    public FilesBuild entrypoint(String... words) {
        Draft next = draft.copy();
        next.entrypoint = List.of(words);
        return new FilesBuild(next);
    }

    /**
     * Options of the Java virtual machine, before the main class.
     *
     * @param words for example {@code -XX:MaxRAMPercentage=75}
     * @return a changed copy
     */
    public FilesBuild jvmOptions(String... words) {
        Draft next = draft.copy();
        next.jvmOptions = List.of(words);
        return new FilesBuild(next);
    }

    /**
     * Adds an environment variable to the image. Not for secrets.
     *
     * @param name the variable
     * @param value its value
     * @return a changed copy
     */
    public FilesBuild env(String name, String value) {
        Draft next = draft.copy();
        next.env.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new FilesBuild(next);
    }

    /**
     * Adds a label to the image.
     *
     * @param name for example {@code org.opencontainers.image.source}
     * @param value its value
     * @return a changed copy
     */
    public FilesBuild label(String name, String value) {
        Draft next = draft.copy();
        next.labels.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new FilesBuild(next);
    }

    /**
     * Who the command runs as.
     *
     * @param value {@code user[:group]}, names or numbers
     * @return a changed copy
     */
    public FilesBuild user(String value) {
        Draft next = draft.copy();
        next.user = Objects.requireNonNull(value, "user");
        return new FilesBuild(next);
    }

    /**
     * Where the command starts.
     *
     * @param path absolute path in the image
     * @return a changed copy
     */
    public FilesBuild workingDirectory(String path) {
        Draft next = draft.copy();
        next.workingDirectory = Objects.requireNonNull(path, "path");
        return new FilesBuild(next);
    }

    /**
     * Builds for one architecture. Default: that of this machine.
     *
     * @param value the architecture
     * @return a changed copy
     */
    public FilesBuild architecture(Architecture value) {
        Draft next = draft.copy();
        next.architecture = Objects.requireNonNull(value, "architecture");
        return new FilesBuild(next);
    }

    /**
     * The base.
     *
     * @return an image reference, {@value #SCRATCH}, or {@code tar:} and a path
     */
    public String base() {
        return draft.base;
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidSpecException if {@link #named} was not called
     */
    @Override
    public ImageReference target() {
        if (draft.target == null) {
            throw new InvalidSpecException(
                    "image build on " + draft.base,
                    List.of(new Violation("target", "", "is required", "call named(\"etl\", \"1.4\")")));
        }
        return draft.target;
    }

    /**
     * The main class of a Java application.
     *
     * @return empty if these are plain files
     */
    public Optional<String> mainClass() {
        return Optional.ofNullable(draft.mainClass);
    }

    /**
     * The class path of a Java application.
     *
     * @return jars and class directories, in order
     */
    public List<Path> classpath() {
        return draft.classpath;
    }

    /**
     * Copied files and directories.
     *
     * @return in the order of their addition
     */
    public List<Entry> entries() {
        return Collections.unmodifiableList(draft.entries);
    }

    /**
     * The entrypoint.
     *
     * @return empty for the default
     */
    public List<String> entrypoint() {
        return draft.entrypoint;
    }

    /**
     * Options of the Java virtual machine.
     *
     * @return in order
     */
    public List<String> jvmOptions() {
        return draft.jvmOptions;
    }

    /**
     * Environment variables of the image.
     *
     * @return name to value
     */
    public Map<String, String> env() {
        return Collections.unmodifiableMap(draft.env);
    }

    /**
     * Labels of the image.
     *
     * @return name to value
     */
    public Map<String, String> labels() {
        return Collections.unmodifiableMap(draft.labels);
    }

    /**
     * Who the command runs as.
     *
     * @return empty for the base's
     */
    public Optional<String> user() {
        return Optional.ofNullable(draft.user);
    }

    /**
     * Where the command starts.
     *
     * @return empty for the base's
     */
    public Optional<String> workingDirectory() {
        return Optional.ofNullable(draft.workingDirectory);
    }

    /**
     * The architecture.
     *
     * @return empty for that of this machine
     */
    public Optional<Architecture> architecture() {
        return Optional.ofNullable(draft.architecture);
    }

    private static final class Draft {
        private String base = SCRATCH;
        private @Nullable ImageReference target;
        private @Nullable String mainClass;
        private List<Path> classpath = List.of();
        private List<Entry> entries = new ArrayList<>();
        private List<String> entrypoint = List.of();
        private List<String> jvmOptions = List.of();
        private Map<String, String> env = new LinkedHashMap<>();
        private Map<String, String> labels = new LinkedHashMap<>();
        private @Nullable String user;
        private @Nullable String workingDirectory;
        private @Nullable Architecture architecture;

        private Draft copy() {
            Draft copy = new Draft();
            copy.base = base;
            copy.target = target;
            copy.mainClass = mainClass;
            copy.classpath = classpath;
            copy.entries = new ArrayList<>(entries);
            copy.entrypoint = entrypoint;
            copy.jvmOptions = jvmOptions;
            copy.env = new LinkedHashMap<>(env);
            copy.labels = new LinkedHashMap<>(labels);
            copy.user = user;
            copy.workingDirectory = workingDirectory;
            copy.architecture = architecture;
            return copy;
        }
    }
}

package io.portolan.spec;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A place for files that a container mounts. Closed: named, host directory, or in memory.
 *
 * <p>A named volume outlives the container and is shared by all that mount it. How providers carry it: a Docker volume; on the clouds the
 * configuration says which file system or bucket carries the name ({@code portolan.aws.volumes.NAME}, and so on).
 */
public sealed interface Volume {
    /**
     * A volume that outlives the container.
     *
     * @param name {@code [a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}}, unique within the application
     * @return the volume
     */
    static Volume named(String name) {
        return new Named(name);
    }

    /**
     * A directory of the engine's machine. Local provider only.
     *
     * @param path absolute
     * @return the volume
     */
    static Volume hostDirectory(String path) {
        return new HostDirectory(path);
    }

    /**
     * Memory seen as a file system; counts against the memory of the container on the clouds.
     *
     * @param size the most it holds
     * @return the volume
     */
    static Volume inMemory(MemorySize size) {
        return new InMemory(size);
    }

    /**
     * See {@link Volume#named}.
     *
     * @param name the name
     */
    record Named(String name) implements Volume {
        private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");

        /** Checks the shape. */
        public Named {
            Objects.requireNonNull(name, "name");
            if (!SHAPE.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "volume name was '" + name + "' but must match " + SHAPE + "; for example 'results'");
            }
        }
    }

    /**
     * See {@link Volume#hostDirectory}.
     *
     * @param path an absolute path on the engine's machine
     */
    record HostDirectory(String path) implements Volume {
        /** Checks that the path is absolute. */
        public HostDirectory {
            Objects.requireNonNull(path, "path");
            if (!path.startsWith("/") && !path.matches("[A-Za-z]:[\\\\/].*")) {
                throw new IllegalArgumentException(
                        "host directory was '" + path + "' but must be an absolute path; for example '/srv/data'");
            }
        }
    }

    /**
     * See {@link Volume#inMemory}.
     *
     * @param size the most it holds
     */
    record InMemory(MemorySize size) implements Volume {
        /** Checks for null. */
        public InMemory {
            Objects.requireNonNull(size, "size");
        }
    }
}

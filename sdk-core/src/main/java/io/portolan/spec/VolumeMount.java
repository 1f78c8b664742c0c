package io.portolan.spec;

import java.util.Objects;

/**
 * A volume at a path of a container.
 *
 * @param path absolute path in the container
 * @param volume what is mounted there
 * @param readOnly whether the container may only read
 */
public record VolumeMount(String path, Volume volume, boolean readOnly) {
    /** Checks for null; the path is checked by the spec. */
    public VolumeMount {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(volume, "volume");
    }
}

package io.portolan.local.internal.container;

import io.portolan.spec.ContainerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Where the secret files of a container are kept.
 *
 * <p>With a writable root they are copied into the container before it starts. A read-only root takes no copies, so each directory that
 * holds secret files is a volume of its own: a carrier container, which is never started, has it writable and takes the files; the container
 * itself has it read-only.
 *
 * @param volumes empty for a writable root
 */
record SecretPlacement(List<SecretVolume> volumes) {
    /**
     * A volume with secret files.
     *
     * @param name name of the volume
     * @param directory where it is mounted
     */
    record SecretVolume(String name, String directory) {}

    SecretPlacement {
        volumes = List.copyOf(volumes);
    }

    static SecretPlacement of(ContainerSpec container, String name) {
        if (!container.readOnlyRootFilesystem()) {
            return new SecretPlacement(List.of());
        }
        TreeSet<String> directories = new TreeSet<>();
        container.secretFiles().keySet().forEach(path -> directories.add(parent(path)));
        List<SecretVolume> volumes = new ArrayList<>();
        for (String directory : directories) {
            volumes.add(new SecretVolume(Names.secretVolume(identity(name), volumes.size()), directory));
        }
        return new SecretPlacement(volumes);
    }

    /** A container keeps its volumes when it is renamed, so their names leave out what a rename changes. */
    private static String identity(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}

package io.portolan.emulator.internal.gcp.artifact;

/**
 * The name of a repository.
 *
 * @param project that it belongs to
 * @param location its region
 * @param id its short name
 */
record RepositoryName(String project, String location, String id) {
    /** Reads {@code projects/p/locations/l/repositories/r}. */
    static RepositoryName parse(String name) {
        String[] parts = name.split("/", -1);
        return new RepositoryName(parts[1], parts[3], parts[5]);
    }

    /** Where it would be at Google. */
    String registryUri() {
        return location + "-docker.pkg.dev/" + project + "/" + id;
    }

    /** Its images in the registry of the emulator, which has no regions. */
    String path() {
        return project + "/" + id + "/";
    }

    @Override
    public String toString() {
        return "projects/" + project + "/locations/" + location + "/repositories/" + id;
    }
}

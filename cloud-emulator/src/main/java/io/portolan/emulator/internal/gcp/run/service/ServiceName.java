package io.portolan.emulator.internal.gcp.run.service;

/**
 * The name of a service.
 *
 * @param project that it belongs to
 * @param location its region
 * @param id its short name
 */
record ServiceName(String project, String location, String id) {
    /** Reads {@code projects/p/locations/l/services/s}. */
    static ServiceName parse(String name) {
        String[] parts = name.split("/", -1);
        return new ServiceName(parts[1], parts[3], parts[5]);
    }

    String revision(String shortName) {
        return this + "/revisions/" + shortName;
    }

    @Override
    public String toString() {
        return "projects/" + project + "/locations/" + location + "/services/" + id;
    }
}

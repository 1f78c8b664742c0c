package io.portolan.gcp.internal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The data of this provider, in its jar. */
final class DataFile {
    private DataFile() {}

    static JsonNode json(String name) {
        try (InputStream in = DataFile.class.getResourceAsStream("/io/portolan/gcp/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the data " + name + " is missing in the jar of the GCP provider");
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the data " + name + " of the GCP provider cannot be read", e);
        }
    }
}

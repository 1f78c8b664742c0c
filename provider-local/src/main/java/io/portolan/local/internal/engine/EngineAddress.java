package io.portolan.local.internal.engine;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine is.
 *
 * @param host {@code unix}, {@code npipe} or {@code tcp} address
 * @param certificates directory of {@code ca.pem}, {@code cert.pem} and {@code key.pem} for TLS, null for none
 * @param origin where the address is from, for messages
 */
public record EngineAddress(URI host, @Nullable Path certificates, String origin) {
    @Override
    public String toString() {
        return host + " (from " + origin + ")";
    }
}

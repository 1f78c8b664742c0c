package io.portolan.local.internal.engine;

import io.portolan.spi.ConfigKey;
import java.util.List;

/** The settings of the connection, in the section {@code portolan.local}. */
public final class EngineKeys {
    /** Where the engine is. */
    public static final String DOCKER_HOST = "docker-host";

    /** How long one call may take. */
    public static final String CALL_TIMEOUT = "call-timeout";

    /** How many calls that create, start or stop are under way at once. */
    public static final String CONNECTIONS = "connections";

    /** All of them. */
    public static final List<ConfigKey> ALL = List.of(
            ConfigKey.optional(
                    DOCKER_HOST,
                    ConfigKey.Type.TEXT,
                    "Where the engine is, as in DOCKER_HOST: unix:///path, npipe:////./pipe/name or tcp://host:port. Default:"
                            + " DOCKER_HOST, then the Docker context, then the usual sockets."),
            ConfigKey.withDefault(
                    CALL_TIMEOUT,
                    ConfigKey.Type.DURATION,
                    "60s",
                    "How long one call to the engine may take; builds, pulls and log reads are not limited."),
            ConfigKey.withDefault(
                    CONNECTIONS,
                    ConfigKey.Type.NUMBER,
                    "16",
                    "How many calls that create, start or stop containers are under way at once."));

    private EngineKeys() {}
}

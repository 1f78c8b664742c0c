package io.portolan.local.internal.service.proxy;

import io.portolan.spi.ConfigKey;
import java.util.List;

/** The settings of proxies, in the section {@code portolan.local}. */
public final class ProxyKeys {
    /** The image that is pulled if none is named. A branch of HAProxy that is kept until 2029. */
    static final String DEFAULT_IMAGE = "haproxy:3.0-alpine";

    static final String IMAGE = "proxy.image";
    static final String MODE = "proxy.mode";
    static final String DRAIN_TIMEOUT = "drain-timeout";
    static final String SERVICE_PORT = "service-port";

    /** All of them. */
    public static final List<ConfigKey> ALL = List.of(
            ConfigKey.optional(
                    IMAGE,
                    ConfigKey.Type.TEXT,
                    "Image of HAProxy 2.6 or later, which stands in front of each service. Default: " + DEFAULT_IMAGE
                            + ", or one made from the HAProxy of this machine where that cannot be pulled."),
            ConfigKey.withDefault(
                    MODE,
                    ConfigKey.Type.TEXT,
                    "container",
                    "Where the stable port of a service lives: container outlives the JVM, in-process ends with it."),
            ConfigKey.withDefault(
                    DRAIN_TIMEOUT,
                    ConfigKey.Type.DURATION,
                    "30s",
                    "How long requests that a retired replica began may go on; then they are cut off."),
            ConfigKey.optional(
                    SERVICE_PORT + ".*",
                    ConfigKey.Type.NUMBER,
                    "Host port of one service, by its name. Default: a free port from 20000 to 29999, kept for the life of"
                            + " the service."));

    private ProxyKeys() {}
}

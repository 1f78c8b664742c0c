package io.portolan.local.internal.service.proxy;

import java.util.Objects;

/**
 * One replica behind a proxy.
 *
 * @param name unique within the service: letters, digits and hyphens, for example {@code r3-1}
 * @param host how containers of the same network reach it
 * @param hostPort where the machine's loopback address reaches its port
 */
public record Target(String name, String host, int hostPort) {
    /** Checks for null. */
    public Target {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(host, "host");
    }
}

package io.portolan.internal.config;

import java.util.Locale;

/**
 * The names of settings in the environment: upper case, and {@code _} for all that is neither a letter nor a digit. {@code
 * portolan.local.docker-host} is {@code PORTOLAN_LOCAL_DOCKER_HOST}.
 */
final class EnvironmentNames {
    static final String PREFIX = "PORTOLAN_";

    /** Variables that hold the values of secrets, for providers that look for them there. They are no settings and are never read here. */
    static final String SECRETS = "PORTOLAN_SECRET_";

    private EnvironmentNames() {}

    static String of(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** The name that the free part of a key stands for where nothing says otherwise: {@code MY_DATA} is {@code my-data}. */
    static String freePart(String variablePart) {
        return variablePart.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

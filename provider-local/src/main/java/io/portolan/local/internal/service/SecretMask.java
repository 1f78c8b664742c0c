package io.portolan.local.internal.service;

import io.portolan.error.PortolanException;
import io.portolan.local.internal.container.SecretResolver;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.SecretRef;
import java.util.stream.Stream;

/** Takes the values of a container's secrets out of what it wrote, before that goes into an error message. */
final class SecretMask {
    /** Shorter values would blank out half of any text, and are no secrets worth the name. */
    private static final int SHORTEST = 4;

    private final SecretResolver secrets;

    SecretMask(SecretResolver secrets) {
        this.secrets = secrets;
    }

    String mask(String text, ContainerSpec spec) {
        String masked = text;
        for (SecretRef secret : Stream.concat(spec.secretEnv().values().stream(), spec.secretFiles().values().stream())
                .toList()) {
            masked = mask(masked, secret);
        }
        return masked;
    }

    private String mask(String text, SecretRef secret) {
        try {
            String value = secrets.resolveText(secret);
            // Line by line, since a log gives lines.
            String masked = text;
            for (String line : value.lines().map(String::strip).toList()) {
                masked = line.length() < SHORTEST ? masked : masked.replace(line, "***");
            }
            return masked;
        } catch (PortolanException e) {
            return text; // gone since: its value is not known
        }
    }
}

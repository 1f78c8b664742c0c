package io.portolan.local.internal.container;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spec.SecretRef;
import java.util.List;

/** A secret that is not there or cannot be used. Names the secret and the places, never a value. */
public final class MissingSecretException extends PortolanException {
    private static final long serialVersionUID = 1L;

    MissingSecretException(SecretRef secret, List<String> places) {
        this(
                secret,
                "is in none of the places where secrets are looked for: " + String.join("; ", places)
                        + "; put it into one of them");
    }

    MissingSecretException(SecretRef secret, String problem) {
        super(builder(ErrorCode.NOT_FOUND, "Secret '" + secret + "' " + problem)
                .provider("local")
                .resource(secret.toString()));
    }
}

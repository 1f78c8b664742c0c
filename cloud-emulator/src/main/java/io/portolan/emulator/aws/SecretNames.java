package io.portolan.emulator.aws;

import java.util.Arrays;
import java.util.stream.Stream;

/** The names by which a secret may have been put, for what a container definition calls it. */
final class SecretNames {
    private static final String SECRETS_MANAGER = ":secretsmanager:";
    private static final String SYSTEMS_MANAGER = ":ssm:";

    private SecretNames() {}

    static Stream<String> of(String valueFrom) {
        if (valueFrom.contains(SECRETS_MANAGER)) {
            // arn:aws:secretsmanager:region:account:secret:name[:json-key:version-stage:version-id]
            String[] parts = valueFrom.split(":", -1);
            if (parts.length >= 7) {
                String arn = String.join(":", Arrays.copyOf(parts, 7));
                String name = parts[6];
                // The service adds a dash and six characters to the name.
                return Stream.of(valueFrom, arn, name, name.replaceFirst("-[A-Za-z0-9]{6}$", ""));
            }
        }
        if (valueFrom.contains(SYSTEMS_MANAGER)) {
            String name = valueFrom.substring(valueFrom.indexOf(":parameter") + ":parameter".length());
            return Stream.of(valueFrom, name, name.replaceFirst("^/", ""));
        }
        return Stream.of(valueFrom, "/" + valueFrom, valueFrom.replaceFirst("^/", ""));
    }
}

package io.portolan.emulator.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Optional;
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

    /** The member that an ARN with a JSON key asks for, or all of the value. */
    static Optional<String> member(String valueFrom, String value) {
        String[] parts = valueFrom.contains(SECRETS_MANAGER) ? valueFrom.split(":", -1) : new String[0];
        if (parts.length < 8 || parts[7].isEmpty()) {
            return Optional.of(value);
        }
        try {
            JsonNode member = new ObjectMapper().readTree(value).path(parts[7]);
            return member.isValueNode() ? Optional.of(member.asText()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}

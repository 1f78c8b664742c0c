package io.portolan.aws.internal.service;

import io.portolan.aws.internal.definition.Labels;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What services are called at ECS. Two applications can come to the same name ({@code a-b} and {@code c}, {@code a} and {@code b-c}), so
 * tags decide whose a service is. Pure.
 *
 * <p>An application has at most 31 characters and a service 49: no name reaches the 255 of ECS.
 */
final class ServiceNames {
    /** Most characters of a name that Service Connect finds a service by. Source: ECS API, ServiceConnectService (2026-08). */
    private static final int LONGEST_DISCOVERY = 64;

    private final String application;

    ServiceNames(String application) {
        this.application = application;
    }

    /** The service. */
    String service(String name) {
        return prefix() + name;
    }

    /** What the names of all services of the application begin with. */
    String prefix() {
        return "portolan-" + application + "-";
    }

    /** The family of its task definitions, which are its revisions. */
    String family(String name) {
        return prefix() + "svc-" + name;
    }

    /** Its name in the namespace, where those of all applications are. */
    String discovery(String name) {
        String full = application + "-" + name;
        return full.length() <= LONGEST_DISCOVERY
                ? full
                : full.substring(0, LONGEST_DISCOVERY - 9) + "-" + hash(full).substring(0, 8);
    }

    /** Whether a thing with these tags is a service, or a revision of one, of this application. */
    boolean owns(Map<String, String> tags) {
        return Labels.PORTOLAN.equals(tags.get(Labels.MANAGED_BY))
                && application.equals(tags.get(Labels.APPLICATION))
                && Labels.SERVICE.equals(tags.get(Labels.KIND))
                && tags.containsKey(Labels.NAME);
    }

    /** As {@link #owns(Map)}, of one service. */
    boolean owns(String name, Map<String, String> tags) {
        return owns(tags) && name.equals(tags.get(Labels.NAME));
    }

    /** What follows the last slash of an ARN, or the whole text. */
    static String lastPart(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** SHA-256 in 64 hexadecimal digits. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

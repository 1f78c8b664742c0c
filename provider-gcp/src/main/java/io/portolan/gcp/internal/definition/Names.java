package io.portolan.gcp.internal.definition;

import io.portolan.gcp.internal.config.GcpSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The names of what is made. Pure: the same application and spec name always give the same name.
 *
 * <p>{@code APPLICATION-NAME} if the application has no hyphen and the whole is short enough; else a hash of both follows, since {@code a-b}
 * and {@code c} would be taken for {@code a} and {@code b-c}.
 */
public final class Names {
    /** Most characters: a service has fewer than 50, a job and its execution token together fewer than 63. */
    public static final int MOST = 48;

    /** Characters of an execution token. */
    public static final int TOKEN = 13;

    private static final int HASH = 8;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Names() {}

    /**
     * The short name of a job or a service.
     *
     * @param application the application
     * @param name the name of the spec
     * @return at most {@value #MOST} lower-case letters, digits and inner hyphens, a letter first
     */
    public static String of(String application, String name) {
        String plain = application + "-" + name;
        if (application.indexOf('-') < 0 && plain.length() <= MOST) {
            return plain;
        }
        int room = MOST - HASH - 1;
        String start = plain.substring(0, Math.min(room, plain.length())).replaceFirst("-+$", "");
        return start + "-" + hash(application + "/" + name, HASH);
    }

    /**
     * The full name of a job.
     *
     * @param settings the settings
     * @param name the name of the spec
     * @return {@code projects/P/locations/R/jobs/J}
     */
    public static String job(GcpSettings settings, String name) {
        return settings.location() + "/jobs/" + of(settings.application(), name);
    }

    /**
     * The full name of a service.
     *
     * @param settings the settings
     * @param name the name of the spec
     * @return {@code projects/P/locations/R/services/S}
     */
    public static String service(GcpSettings settings, String name) {
        return settings.location() + "/services/" + of(settings.application(), name);
    }

    /**
     * The token that the name of an execution ends in.
     *
     * @param executionId the id of the execution
     * @return {@value #TOKEN} lower-case letters and digits, the same for the same id
     */
    public static String token(String executionId) {
        return hash(executionId, TOKEN);
    }

    /**
     * A short text that stands for a long one.
     *
     * @param text any
     * @param length 1 to 32
     * @return lower-case letters and digits 2 to 7
     */
    public static String hash(String text, int length) {
        byte[] digest = sha256(text);
        StringBuilder name = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            name.append(ALPHABET.charAt(digest[i] & 31));
        }
        return name.toString();
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

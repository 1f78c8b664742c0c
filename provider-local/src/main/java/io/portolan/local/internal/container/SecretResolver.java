package io.portolan.local.internal.container;

import io.portolan.spec.SecretRef;
import io.portolan.spi.ProviderConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of secrets on this machine: a file in {@code portolan.local.secrets-dir}, then the environment variable {@code
 * PORTOLAN_SECRET_NAME}, then a line of {@code portolan.local.secrets-file}. Read anew for each container, so that a changed secret holds
 * from the next container on.
 *
 * <p>Values never appear in a message, a log or a label.
 */
public final class SecretResolver {
    private static final String VARIABLE_PREFIX = "PORTOLAN_SECRET_";

    private final @Nullable Path directory;
    private final @Nullable Path file;
    private final Map<String, String> environment;

    /**
     * A resolver over the environment of this process.
     *
     * @param config says which directory and file
     */
    public SecretResolver(ProviderConfig config) {
        this(config, System.getenv());
    }

    SecretResolver(ProviderConfig config, Map<String, String> environment) {
        // Absolute, because the empty path that "." is normalized to begins no other path.
        this.directory = config.text(ContainerKeys.SECRETS_DIR)
                .map(text -> Path.of(text).toAbsolutePath().normalize())
                .orElse(null);
        this.file = config.text(ContainerKeys.SECRETS_FILE).map(Path::of).orElse(null);
        this.environment = Map.copyOf(environment);
    }

    /**
     * The value of a secret.
     *
     * @param secret which
     * @return its bytes
     * @throws MissingSecretException if it is in none of the places, naming them
     */
    public byte[] resolve(SecretRef secret) {
        List<String> places = new ArrayList<>();
        byte[] value = fromDirectory(secret, places);
        if (value == null) {
            value = fromEnvironment(secret, places);
        }
        if (value == null) {
            value = fromFile(secret, places);
        }
        if (value == null) {
            throw new MissingSecretException(secret, places);
        }
        return value;
    }

    /**
     * The value of a secret as text.
     *
     * @param secret which
     * @return its value, without the line break that ends a file
     * @throws MissingSecretException if it is in none of the places, or cannot be an environment variable
     */
    public String resolveText(SecretRef secret) {
        String text = decode(secret, resolve(secret)).replaceFirst("\\R$", "");
        if (text.indexOf('\0') >= 0) {
            throw new MissingSecretException(
                    secret, "holds a NUL character, which no environment variable can; mount it as a file");
        }
        return text;
    }

    private static String decode(SecretRef secret, byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MissingSecretException(
                    secret, "is not text in UTF-8, which an environment variable has to be; mount it as a file");
        }
    }

    /**
     * The environment variable of a secret.
     *
     * @param name name of the secret
     * @return for example {@code PORTOLAN_SECRET_REPORT_DB}
     */
    static String variable(String name) {
        return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private byte @Nullable [] fromDirectory(SecretRef secret, List<String> places) {
        if (directory == null) {
            places.add("no directory (portolan.local." + ContainerKeys.SECRETS_DIR + " is not set)");
            return null;
        }
        try {
            Path path = directory.resolve(secret.toString()).normalize();
            if (!path.startsWith(directory)) {
                throw new MissingSecretException(secret, "names a file outside of " + directory + "; use a plain name");
            }
            places.add("file " + path);
            return Files.isRegularFile(path) ? Files.readAllBytes(path) : null;
        } catch (InvalidPathException e) {
            places.add("no file in " + directory + " (the name is no file name)");
            return null;
        } catch (IOException e) {
            throw new MissingSecretException(
                    secret,
                    "cannot be read from its file in " + directory + " ("
                            + e.getClass().getSimpleName() + ")");
        }
    }

    private byte @Nullable [] fromEnvironment(SecretRef secret, List<String> places) {
        String variable = variable(secret.toString());
        places.add("environment variable " + variable);
        String value = environment.get(variable);
        return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    }

    private byte @Nullable [] fromFile(SecretRef secret, List<String> places) {
        if (file == null) {
            places.add("no file (portolan.local." + ContainerKeys.SECRETS_FILE + " is not set)");
            return null;
        }
        places.add("line '" + secret + "=' of " + file);
        try {
            return Files.isRegularFile(file) ? fromLines(secret, Files.readAllLines(file)) : null;
        } catch (IOException e) {
            throw new MissingSecretException(
                    secret, "cannot be read from " + file + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static byte @Nullable [] fromLines(SecretRef secret, List<String> lines) {
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals > 0
                    && !line.startsWith("#")
                    && line.substring(0, equals).strip().equals(secret.toString())) {
                return unquoted(line.substring(equals + 1).strip()).getBytes(StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}

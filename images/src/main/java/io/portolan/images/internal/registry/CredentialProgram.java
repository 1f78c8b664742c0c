package io.portolan.images.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.image.RegistryCredentials;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the programs (credential helpers) that keep Docker's logins. A program that cannot be run or hangs, as one that waits for somebody to unlock a keychain,
 * knows nothing.
 *
 * <p>Source: github.com/docker/docker-credential-helpers (2026-11).
 */
final class CredentialProgram {
    /** The user name that marks an identity token. */
    static final String TOKEN_USER = "<token>";

    private static final Logger LOG = LoggerFactory.getLogger(CredentialProgram.class);

    private final Function<String, List<String>> command;
    private final Duration limit;

    CredentialProgram(Function<String, List<String>> command, Duration limit) {
        this.command = command;
        this.limit = limit;
    }

    /** The programs on the search path of this process. */
    static CredentialProgram ofPath() {
        return new CredentialProgram(name -> List.of("docker-credential-" + name, "get"), Duration.ofSeconds(15));
    }

    /** Null if the program knows no login for the address. */
    @Nullable
    RegistryCredentials get(String name, String address) {
        Process process = null;
        try {
            process = new ProcessBuilder(command.apply(name))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ask(process, address);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("docker-credential-{} did not answer in {}; going on without it", name, limit);
                return null;
            }
            return process.exitValue() == 0 ? read(process) : null;
        } catch (IOException e) {
            LOG.warn("docker-credential-{} cannot be run; going on without it", name);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    private static void ask(Process process, String address) {
        try (OutputStream input = process.getOutputStream()) {
            input.write(address.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It may end without reading what it is asked; what it answered counts.
            LOG.debug("credential program took no input: {}", e.getMessage());
        }
    }

    private static @Nullable RegistryCredentials read(Process process) throws IOException {
        JsonNode answer = Json.MAPPER.readTree(process.getInputStream());
        String user = answer.path("Username").asText("");
        String secret = answer.path("Secret").asText("");
        return user.isEmpty() ? null : new RegistryCredentials(user, secret);
    }
}

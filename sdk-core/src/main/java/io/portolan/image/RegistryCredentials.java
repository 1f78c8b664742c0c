package io.portolan.image;

import java.util.Objects;

/**
 * A user name and a password or token for a registry. {@code toString} hides the password.
 *
 * @param username for example {@code AWS}, {@code oauth2accesstoken}
 * @param password the password or a short-lived token
 */
public record RegistryCredentials(String username, String password) {
    /** Checks for null. */
    public RegistryCredentials {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
        return "RegistryCredentials[username=" + username + ", password=***]";
    }
}

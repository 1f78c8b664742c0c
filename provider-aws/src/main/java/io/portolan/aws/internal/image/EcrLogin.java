package io.portolan.aws.internal.image;

import io.portolan.image.RegistryCredentials;
import java.time.Instant;

/**
 * A login to the account's registry. {@code toString} hides the password.
 *
 * @param registry host and port
 * @param credentials user name and password
 * @param expiresAt when AWS refuses them
 */
record EcrLogin(String registry, RegistryCredentials credentials, Instant expiresAt) {}

package io.portolan.local.internal.container;

import io.portolan.spi.ConfigKey;
import java.util.List;

/** The settings of containers and their secrets, in the section {@code portolan.local}. */
public final class ContainerKeys {
    /** When images are pulled. */
    public static final String PULL = "pull";

    /** Most processes and threads of a container. */
    public static final String PIDS_LIMIT = "pids-limit";

    /** Directory with a file for each secret. */
    public static final String SECRETS_DIR = "secrets-dir";

    /** File with a line for each secret. */
    public static final String SECRETS_FILE = "secrets-file";

    /** All of them. */
    public static final List<ConfigKey> ALL = List.of(
            ConfigKey.withDefault(
                    PULL,
                    ConfigKey.Type.TEXT,
                    "missing",
                    "When images are pulled before a container is made: missing, always or never."),
            ConfigKey.withDefault(
                    PIDS_LIMIT,
                    ConfigKey.Type.NUMBER,
                    "4096",
                    "Most processes and threads of one container; 0 for no limit."),
            ConfigKey.optional(
                    SECRETS_DIR,
                    ConfigKey.Type.TEXT,
                    "Directory with one file for each secret, named as the secret; the first place where secrets are looked"
                            + " for."),
            ConfigKey.optional(
                    SECRETS_FILE,
                    ConfigKey.Type.TEXT,
                    "File with a line NAME=value for each secret; the last place where secrets are looked for."));

    private ContainerKeys() {}
}

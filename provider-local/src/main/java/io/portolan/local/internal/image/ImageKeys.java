package io.portolan.local.internal.image;

import io.portolan.spi.ConfigKey;
import java.util.List;

/** The settings of images, in the section {@code portolan.local}. */
final class ImageKeys {
    /** Where {@code publish} pushes to. */
    static final String REGISTRY = "registry";

    /** Where bases and layers are kept. */
    static final String CACHE_DIR = "image-cache-dir";

    /** The program that carries out builds by BuildKit. */
    static final String DOCKER_COMMAND = "docker-command";

    /** All of them. */
    static final List<ConfigKey> ALL = List.of(
            ConfigKey.optional(
                    REGISTRY,
                    ConfigKey.Type.TEXT,
                    "Where published images are pushed to, host[:port][/prefix]. Default: nowhere, they stay in the engine."),
            ConfigKey.optional(
                    CACHE_DIR,
                    ConfigKey.Type.TEXT,
                    "Directory where bases and layers are kept between builds. Default: portolan in the user's cache directory."),
            ConfigKey.withDefault(
                    DOCKER_COMMAND,
                    ConfigKey.Type.TEXT,
                    "docker",
                    "The docker command, used for Dockerfiles that need BuildKit ('docker buildx')."));

    private ImageKeys() {}
}

package io.portolan.local.internal.service.proxy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.ImageReference;
import io.portolan.images.HostProgram;
import io.portolan.local.internal.container.Containers;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.RefusedException;
import io.portolan.local.internal.engine.DockerEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds an image of HAProxy: the one that is there, else pulled, else made from the HAProxy of this machine. */
final class ProxyImage {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyImage.class);

    /** The image that is made from the machine's own program. */
    private static final String HOST_IMAGE = "portolan/haproxy:host";

    private final DockerEngine engine;
    private final Containers containers;
    private final ProxySettings settings;
    private final Path program;

    ProxyImage(DockerEngine engine, Containers containers, ProxySettings settings, Path program) {
        this.engine = engine;
        this.containers = containers;
        this.settings = settings;
        this.program = program;
    }

    /**
     * The image to run.
     *
     * @return a reference that the engine has
     * @throws PortolanException FAILED if there is none to be had; the message names each way to get one
     */
    String ensure() {
        String wanted = settings.image();
        if (exists(wanted)) {
            return wanted;
        }
        if (!settings.imageGiven() && exists(HOST_IMAGE)) {
            return HOST_IMAGE;
        }
        try {
            containers.ensureImage("proxy", ImageReference.parse(wanted), null);
            return wanted;
        } catch (RefusedException e) {
            String reason = e.failure().message();
            if (settings.imageGiven() || !Files.isExecutable(program)) {
                throw missing(wanted, reason);
            }
            LOG.debug("proxyImage={} refused={} instead={}", wanted, reason, program);
            load();
            return HOST_IMAGE;
        }
    }

    private PortolanException missing(String wanted, String refused) {
        String message = settings.imageGiven()
                ? "Proxy image '" + wanted + "' is not on the engine and cannot be pulled (" + refused
                        + "); correct portolan.local." + ProxyKeys.IMAGE + ", or load the image with 'docker load'"
                : "Services need HAProxy: image '" + wanted + "' cannot be pulled (" + refused + ") and there is no "
                        + program + " to make one from; name an image that the engine can get in portolan.local."
                        + ProxyKeys.IMAGE + ", or install HAProxy on this machine ('apt-get install haproxy')";
        return PortolanException.builder(ErrorCode.FAILED, message)
                .provider("local")
                .resource(wanted)
                .build();
    }

    private boolean exists(String image) {
        try {
            engine.read(
                    "inspect image",
                    image,
                    client -> client.inspectImageCmd(image).exec());
            return true;
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void load() {
        Path archive = null;
        try {
            archive = Files.createTempFile("portolan-haproxy", ".tar");
            Path file = archive;
            HostProgram.of(program)
                    .entrypoint(program.toString())
                    .label(Labels.MANAGED, "true")
                    .toArchive(ImageReference.parse(HOST_IMAGE), file);
            engine.stream("load", HOST_IMAGE, client -> {
                try (InputStream in = Files.newInputStream(file)) {
                    return client.loadImageCmd(in).exec();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw PortolanException.builder(ErrorCode.FAILED, "Image of " + program + " failed: " + e.getMessage())
                    .provider("local")
                    .resource(HOST_IMAGE)
                    .cause(e)
                    .build();
        } finally {
            if (archive != null) {
                try {
                    Files.deleteIfExists(archive);
                } catch (IOException e) {
                    LOG.debug("file={} notDeleted={}", archive, e.getMessage());
                }
            }
        }
    }
}

package io.portolan.images.internal.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.Violation;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.images.internal.archive.ArchiveWriter;
import io.portolan.images.internal.archive.Sha256;
import io.portolan.images.internal.registry.Manifest.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the image of one architecture in a registry, and brings it here as an archive, which is kept by its digest. */
public final class ArchivePull {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryClient client;
    private final Architecture architecture;

    /**
     * A pull.
     *
     * @param client where from
     * @param architecture which image of a reference that has several
     */
    public ArchivePull(RegistryClient client, Architecture architecture) {
        this.client = client;
        this.architecture = architecture;
    }

    /**
     * An image in a registry.
     *
     * @param digest of what the reference names: an index or the image's own manifest
     * @param manifest the image's own manifest
     */
    public record Found(String digest, Manifest manifest) {
        /**
         * The image id.
         *
         * @return the digest of the configuration
         */
        public String imageId() {
            return manifest.config().digest();
        }
    }

    /**
     * Looks.
     *
     * @return empty if the registry has no such image
     * @throws InvalidSpecException if it has, but for other architectures only
     */
    public Optional<Found> find() {
        Optional<Manifest> top = client.manifest();
        if (top.isEmpty()) {
            return Optional.empty();
        }
        Manifest manifest = top.get();
        if (manifest.isIndex()) {
            Descriptor member = manifest.member(architecture)
                    .orElseThrow(() -> mismatch(top.get().platforms()));
            manifest = client.manifest(member.digest())
                    .orElseThrow(() -> client.broken(
                            "lookup of " + client.reference(), "lacks " + member.digest() + ", which its index names"));
        }
        if (!manifest.isImage()) {
            throw PortolanException.builder(
                            ErrorCode.UNSUPPORTED,
                            "image '" + client.reference() + "' is of the type '" + manifest.mediaType()
                                    + "', which is no container image of schema 2 or OCI")
                    .resource(client.reference().toString())
                    .build();
        }
        checkArchitecture(manifest, top.get().isIndex());
        return Optional.of(new Found(top.get().digest(), manifest));
    }

    private void checkArchitecture(Manifest manifest, boolean chosen) {
        if (chosen) {
            return;
        }
        try {
            var config = JSON.readTree(client.blob(manifest.config()));
            if (!config.path("architecture").asText().equals(architecture.ociName())) {
                throw mismatch(config.path("os").asText() + "/"
                        + config.path("architecture").asText() + " only");
            }
        } catch (IOException e) {
            throw client.broken("lookup of " + client.reference(), "gave a configuration that is no JSON");
        }
    }

    private InvalidSpecException mismatch(String has) {
        return mismatch(client.reference().toString(), architecture, has);
    }

    /**
     * The error of a base for other architectures.
     *
     * @param base the base
     * @param wanted what is wanted
     * @param has what it has, for example {@code linux/arm64 only}
     * @return the error
     */
    public static InvalidSpecException mismatch(String base, Architecture wanted, String has) {
        return new InvalidSpecException(
                "image '" + base + "'",
                List.of(new Violation(
                        "architecture",
                        wanted.ociName(),
                        "the image is for " + has,
                        "choose another image, or call architecture(...) with one that it has")));
    }

    /**
     * Brings an image here, unless it is here.
     *
     * @param found the image
     * @param folder where archives are kept
     * @param progress told of each layer
     * @return the archive
     */
    public Path download(Found found, Path folder, Consumer<BuildEvent> progress) {
        Path target = folder.resolve(Sha256.hex(found.manifest().digest()) + ".tar");
        if (Files.exists(target)) {
            progress.accept(new BuildEvent("pull", client.reference() + " is in the cache"));
            return target;
        }
        try {
            Files.createDirectories(folder);
            Path whole = Files.createTempFile(folder, ".pull", ".tar");
            Path layer = Files.createTempFile(folder, ".pull", ".layer");
            try {
                write(found.manifest(), whole, layer, progress);
                Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                return target;
            } finally {
                Files.deleteIfExists(whole);
                Files.deleteIfExists(layer);
            }
        } catch (IOException e) {
            throw RegistryErrors.local("pull of " + client.reference(), e);
        }
    }

    private void write(Manifest manifest, Path whole, Path layer, Consumer<BuildEvent> progress) throws IOException {
        String config = Sha256.hex(manifest.config().digest()) + ".json";
        List<String> names = new ArrayList<>();
        try (ArchiveWriter archive = new ArchiveWriter(whole)) {
            archive.add(config, client.blob(manifest.config()));
            List<Descriptor> layers = manifest.layers();
            for (Descriptor descriptor : layers) {
                checkType(descriptor);
                String name = Sha256.hex(descriptor.digest()) + ".tar.gz";
                if (!names.contains(name)) {
                    progress.accept(new BuildEvent(
                            "layer " + (names.size() + 1) + "/" + layers.size(),
                            "pulling " + descriptor.size() + " bytes"));
                    client.download(descriptor, layer);
                    archive.add(name, layer);
                }
                names.add(name);
            }
            archive.manifest(config, client.reference(), names);
        }
    }

    private void checkType(Descriptor layer) {
        if (layer.mediaType().endsWith("zstd") || layer.mediaType().contains("foreign")) {
            throw PortolanException.builder(
                            ErrorCode.UNSUPPORTED,
                            "image '" + client.reference() + "' has a layer of the type '" + layer.mediaType()
                                    + "'; only layers compressed by gzip are read: choose another base")
                    .resource(client.reference().toString())
                    .build();
        }
    }
}

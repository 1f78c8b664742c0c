package io.portolan.images.internal.registry;

import io.portolan.image.BuildEvent;
import io.portolan.images.internal.archive.ImageArchive;
import io.portolan.images.internal.archive.Sha256;
import io.portolan.images.internal.registry.Manifest.Descriptor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/**
 * Pushes an image archive as it is: the configuration, and so the image id, byte by byte. Layers that the registry has are not sent; a
 * layer compressed once is remembered by its digest, so that the next push need not compress it to find that out.
 */
public final class ArchivePush {
    private final ImageArchive archive;
    private final RegistryClient client;
    private final Path memory;
    private final Consumer<BuildEvent> progress;

    /**
     * A push.
     *
     * @param archive what to push
     * @param client where to
     * @param memory a directory of the cache for digests of compressed layers
     * @param progress told of each layer
     */
    public ArchivePush(ImageArchive archive, RegistryClient client, Path memory, Consumer<BuildEvent> progress) {
        this.archive = archive;
        this.client = client;
        this.memory = memory;
        this.progress = progress;
    }

    /**
     * Pushes.
     *
     * @return the digest of the manifest in the registry
     */
    public String run() {
        String what = "push of " + client.reference();
        try {
            Files.createDirectories(memory);
            Path work = Files.createTempDirectory("portolan-push");
            try {
                List<Descriptor> layers = new ArrayList<>();
                int count = archive.diffIds().size();
                for (int i = 0; i < count; i++) {
                    layers.add(layer(i, "layer " + (i + 1) + "/" + count, work.resolve("layer")));
                }
                return finish(layers, work.resolve("config"));
            } finally {
                Files.deleteIfExists(work.resolve("layer"));
                Files.deleteIfExists(work.resolve("config"));
                Files.deleteIfExists(work);
            }
        } catch (IOException e) {
            throw RegistryErrors.local(what, e);
        }
    }

    private String finish(List<Descriptor> layers, Path file) throws IOException {
        byte[] bytes = archive.config();
        Descriptor config = new Descriptor(Manifest.DOCKER_CONFIG, Sha256.of(bytes), bytes.length);
        if (!client.has(config.digest())) {
            client.upload(config.digest(), () -> Files.write(file, bytes), null);
        }
        String digest = client.put(Manifest.docker(config, layers), client.tagOrDigest());
        progress.accept(new BuildEvent("push", client.reference() + " is " + digest));
        return digest;
    }

    private Descriptor layer(int index, String step, Path file) throws IOException {
        Path record = memory.resolve(Sha256.hex(archive.diffIds().get(index)));
        if (Files.exists(record)) {
            String[] known = Files.readString(record).strip().split(" ", -1);
            if (known.length == 2 && client.has(known[0])) {
                progress.accept(new BuildEvent(step, "is there already"));
                return new Descriptor(Manifest.DOCKER_LAYER, known[0], Long.parseLong(known[1]));
            }
        }
        String digest = compress(index, file);
        long size = Files.size(file);
        remember(record, digest + " " + size);
        if (client.has(digest)) {
            progress.accept(new BuildEvent(step, "is there already"));
        } else {
            progress.accept(new BuildEvent(step, "pushing " + size + " bytes"));
            client.upload(digest, () -> file, null);
        }
        return new Descriptor(Manifest.DOCKER_LAYER, digest, size);
    }

    private String compress(int index, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            if (archive.isGzip(index)) {
                try (InputStream stored = archive.storedLayer(index)) {
                    return Sha256.copy(stored, out);
                }
            }
            try (InputStream plain = archive.plainLayer(index);
                    GZIPOutputStream zip = new GZIPOutputStream(out, 1 << 16)) {
                plain.transferTo(zip);
            }
        }
        return Sha256.of(file);
    }

    private void remember(Path record, String line) throws IOException {
        Path fresh = Files.createTempFile(memory, ".digest", "");
        Files.writeString(fresh, line);
        Files.move(fresh, record, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}

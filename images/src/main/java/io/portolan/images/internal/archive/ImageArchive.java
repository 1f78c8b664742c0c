package io.portolan.images.internal.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * One image in a tar as {@code docker save} and Jib write it. Reads on demand; not thread-safe; the caller closes it.
 *
 * <p>Source: github.com/moby/docker-image-spec, v1.2, "Combined Image JSON + Filesystem Changeset Format" (2026-11).
 */
public final class ImageArchive implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final TarFile tar;
    private final Map<String, TarArchiveEntry> entries = new HashMap<>();
    private final byte[] config;
    private final JsonNode configTree;
    private final List<String> layers = new ArrayList<>();

    private ImageArchive(Path path, TarFile tar) throws IOException {
        this.path = path;
        this.tar = tar;
        tar.getEntries().forEach(e -> entries.put(e.getName(), e));
        if (!entries.containsKey("manifest.json")) {
            throw invalid("has no manifest.json: it is no image archive in the form of 'docker save'");
        }
        JsonNode manifest = JSON.readTree(read("manifest.json"));
        if (manifest.size() != 1) {
            throw invalid("holds " + manifest.size() + " images, and one is expected: save one image per archive");
        }
        this.config = read(manifest.get(0).path("Config").asText());
        this.configTree = JSON.readTree(config);
        manifest.get(0).path("Layers").forEach(layer -> layers.add(layer.asText()));
        if (layers.size() != diffIds().size()) {
            throw invalid("lists " + layers.size() + " layers but its configuration "
                    + diffIds().size());
        }
    }

    /**
     * Opens an archive and reads its configuration.
     *
     * @param path the tar, not compressed as a whole
     * @return the archive
     * @throws PortolanException INVALID_ARGUMENT if it is no image archive, or holds several images
     */
    public static ImageArchive open(Path path) {
        TarFile tar = null;
        try {
            tar = new TarFile(path);
            return new ImageArchive(path, tar);
        } catch (IOException | RuntimeException e) {
            close(tar);
            if (e instanceof PortolanException known) {
                throw known;
            }
            throw PortolanException.builder(
                            ErrorCode.INVALID_ARGUMENT,
                            "image archive '" + path + "' cannot be read: " + e + "; write it with 'docker save'")
                    .resource(path.toString())
                    .cause(e)
                    .build();
        }
    }

    private static void close(@org.jspecify.annotations.Nullable TarFile tar) {
        try {
            if (tar != null) {
                tar.close();
            }
        } catch (IOException ignored) {
            // The error that led here is the one to report.
        }
    }

    private PortolanException invalid(String what) {
        return PortolanException.builder(ErrorCode.INVALID_ARGUMENT, "image archive '" + path + "' " + what)
                .resource(path.toString())
                .build();
    }

    private byte[] read(String name) throws IOException {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        }
    }

    private InputStream open(String name) throws IOException {
        TarArchiveEntry entry = entries.get(name);
        // Engines before 25 write a layer that occurs twice once, and link to it.
        for (int links = 0; entry != null && (entry.isSymbolicLink() || entry.isLink()); links++) {
            Path parent = Path.of(entry.getName()).getParent();
            Path link = Path.of(entry.getLinkName());
            Path target = entry.isLink() || parent == null ? link : parent.resolve(link);
            entry = links > 8 ? null : entries.get(target.normalize().toString());
        }
        if (entry == null) {
            throw invalid("lacks '" + name + "', which its manifest names");
        }
        return tar.getInputStream(entry);
    }

    /**
     * The image id.
     *
     * @return the digest of the configuration
     */
    public String imageId() {
        return Sha256.of(config);
    }

    /**
     * The configuration.
     *
     * @return its bytes, as they are in the archive
     */
    public byte[] config() {
        return config.clone();
    }

    /**
     * The configuration, read.
     *
     * @return its JSON
     */
    public JsonNode configTree() {
        return configTree;
    }

    /**
     * What the image runs on.
     *
     * @return the architecture's OCI name
     */
    public String architectureName() {
        return configTree.path("architecture").asText();
    }

    /**
     * What the image runs on.
     *
     * @return empty if it is none that the SDK knows
     */
    public Optional<Architecture> architecture() {
        return Architectures.parse(architectureName());
    }

    /**
     * The digests of the layers, uncompressed.
     *
     * @return from the lowest to the highest
     */
    public List<String> diffIds() {
        List<String> ids = new ArrayList<>();
        configTree.path("rootfs").path("diff_ids").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    /**
     * Whether a layer is stored compressed by gzip.
     *
     * @param layer its index
     * @return false if it is a plain tar
     * @throws IOException if the archive cannot be read
     * @throws PortolanException UNSUPPORTED if it is compressed in another way
     */
    public boolean isGzip(int layer) throws IOException {
        try (InputStream in = open(layers.get(layer))) {
            byte[] magic = in.readNBytes(4);
            if (magic.length == 4 && magic[0] == 0x28 && (magic[1] & 0xff) == 0xb5) {
                throw PortolanException.builder(
                                ErrorCode.UNSUPPORTED,
                                "image archive '" + path + "' has a layer compressed by zstd; only gzip is read")
                        .resource(path.toString())
                        .build();
            }
            return magic.length > 1 && magic[0] == 0x1f && (magic[1] & 0xff) == 0x8b;
        }
    }

    /**
     * A layer as it is stored.
     *
     * @param layer its index
     * @return a stream that the caller closes
     * @throws IOException if the archive cannot be read
     */
    public InputStream storedLayer(int layer) throws IOException {
        return new BufferedInputStream(open(layers.get(layer)), 1 << 16);
    }

    /**
     * A layer as a plain tar.
     *
     * @param layer its index
     * @return a stream that the caller closes
     * @throws IOException if the archive cannot be read
     */
    public InputStream plainLayer(int layer) throws IOException {
        return isGzip(layer) ? new GZIPInputStream(storedLayer(layer), 1 << 16) : storedLayer(layer);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}

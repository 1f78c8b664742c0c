package io.portolan.images.internal.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.image.ImageReference;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes an archive in the form of {@code docker save}. Not thread-safe; the caller closes it. */
public final class ArchiveWriter implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TarArchiveOutputStream tar;

    /**
     * Starts an archive.
     *
     * @param target the file, which is overwritten
     * @throws IOException if it cannot be written
     */
    public ArchiveWriter(Path target) throws IOException {
        this.tar = new TarArchiveOutputStream(
                new BufferedOutputStream(Files.newOutputStream(target), 1 << 16), StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /**
     * Adds a small file.
     *
     * @param name its name
     * @param bytes its content
     * @throws IOException if the archive cannot be written
     */
    public void add(String name, byte[] bytes) throws IOException {
        start(name, bytes.length);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    /**
     * Adds a file.
     *
     * @param name its name
     * @param file its content
     * @throws IOException if the file cannot be read or the archive cannot be written
     */
    public void add(String name, Path file) throws IOException {
        start(name, Files.size(file));
        Files.copy(file, tar);
        tar.closeArchiveEntry();
    }

    /**
     * Adds what a stream holds.
     *
     * @param name its name
     * @param size how much it holds
     * @param in read to its end, not closed
     * @return the digest of what was written
     * @throws IOException if it holds more or less, or the archive cannot be written
     */
    public String add(String name, long size, InputStream in) throws IOException {
        start(name, size);
        String digest = Sha256.copy(in, tar);
        tar.closeArchiveEntry();
        return digest;
    }

    /**
     * Adds the manifest.
     *
     * @param config the name of the configuration
     * @param name the image's name
     * @param layers the names of the layers, from the lowest
     * @throws IOException if the archive cannot be written
     */
    public void manifest(String config, ImageReference name, List<String> layers) throws IOException {
        ArrayNode manifest = JSON.createArrayNode();
        ObjectNode image = manifest.addObject();
        image.put("Config", config);
        ArrayNode tags = image.putArray("RepoTags");
        name.tag().ifPresent(tag -> tags.add(name.name() + ":" + tag));
        ArrayNode listed = image.putArray("Layers");
        layers.forEach(listed::add);
        add("manifest.json", JSON.writeValueAsBytes(manifest));
    }

    private void start(String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setModTime(0);
        entry.setMode(0644);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}

package io.portolan.images.internal.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.image.Architecture;
import io.portolan.image.ImageReference;
import io.portolan.images.internal.archive.RootFilesystem.Item;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes an image of one layer without a base. All times are 1970-01-01 and all owners root, so that equal files give an equal image.
 *
 * @param architecture what it runs on
 * @param env environment variables
 * @param entrypoint program and first arguments; empty for none
 * @param labels labels of the image
 */
public record ScratchImage(
        Architecture architecture, Map<String, String> env, List<String> entrypoint, Map<String, String> labels) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EPOCH = "1970-01-01T00:00:00Z";

    /**
     * Writes the archive. The target appears whole or not at all.
     *
     * @param files what it holds
     * @param name the name that it is loaded under
     * @param target the archive
     * @return the image id
     * @throws IOException if a file cannot be read or the archive cannot be written
     */
    public String write(RootFilesystem files, ImageReference name, Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Path layer = Files.createTempFile(folder, ".layer", ".tar");
        Path whole = Files.createTempFile(folder, ".image", ".tar");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(layer), 1 << 16)) {
                writeLayer(files, out);
            }
            String diffId = Sha256.of(layer);
            byte[] config = config(diffId);
            String id = Sha256.of(config);
            String layerName = Sha256.hex(diffId) + ".tar";
            try (ArchiveWriter archive = new ArchiveWriter(whole)) {
                archive.add(Sha256.hex(id) + ".json", config);
                archive.add(layerName, layer);
                archive.manifest(Sha256.hex(id) + ".json", name, List.of(layerName));
            }
            Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return id;
        } finally {
            Files.deleteIfExists(layer);
            Files.deleteIfExists(whole);
        }
    }

    private static void writeLayer(RootFilesystem files, OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (Map.Entry<String, Item> entry : files.items().entrySet()) {
                writeItem(tar, entry.getKey().substring(1), entry.getValue());
            }
        }
    }

    private static void writeItem(TarArchiveOutputStream tar, String path, Item item) throws IOException {
        TarArchiveEntry entry = item.link() != null
                ? new TarArchiveEntry(path, TarConstants.LF_SYMLINK)
                : new TarArchiveEntry(item.isDirectory() ? path + "/" : path);
        entry.setMode(item.mode());
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        byte[] text = item.text() == null ? new byte[0] : item.text().getBytes(StandardCharsets.UTF_8);
        if (item.link() != null) {
            entry.setLinkName(item.link());
        } else {
            entry.setSize(item.source() == null ? text.length : Files.size(item.source()));
        }
        tar.putArchiveEntry(entry);
        if (item.source() == null) {
            tar.write(text);
        } else {
            Files.copy(item.source(), tar);
        }
        tar.closeArchiveEntry();
    }

    private byte[] config(String diffId) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("architecture", architecture.ociName());
        root.put("created", EPOCH);
        root.put("os", "linux");
        ObjectNode config = root.putObject("config");
        ArrayNode variables = config.putArray("Env");
        env.forEach((key, value) -> variables.add(key + "=" + value));
        if (!entrypoint.isEmpty()) {
            ArrayNode words = config.putArray("Entrypoint");
            entrypoint.forEach(words::add);
        }
        ObjectNode labelled = config.putObject("Labels");
        labels.forEach(labelled::put);
        ObjectNode rootfs = root.putObject("rootfs");
        rootfs.put("type", "layers");
        rootfs.putArray("diff_ids").add(diffId);
        root.putArray("history").addObject().put("created", EPOCH).put("created_by", "portolan");
        return JSON.writeValueAsBytes(root);
    }
}

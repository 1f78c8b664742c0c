package io.portolan.images.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageArchiveTest {
    private static final String TWO_LAYERS =
            "{\"architecture\":\"arm64\",\"rootfs\":{\"diff_ids\":[\"sha256:1\",\"sha256:2\"]}}";

    @TempDir
    private Path folder;

    private Path tar(Map<String, String> files, Map<String, String> links) throws IOException {
        Path path = folder.resolve("image.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(path))) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(bytes.length);
                tar.putArchiveEntry(entry);
                tar.write(bytes);
                tar.closeArchiveEntry();
            }
            for (Map.Entry<String, String> link : links.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(link.getKey(), TarConstants.LF_SYMLINK);
                entry.setLinkName(link.getValue());
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
        }
        return path;
    }

    @Test
    void linkedLayer_isTheOneItPointsTo() throws IOException {
        Path path = tar(
                Map.of(
                        "manifest.json",
                        "[{\"Config\":\"c.json\",\"RepoTags\":null,\"Layers\":[\"a/layer.tar\",\"b/layer.tar\"]}]",
                        "c.json",
                        TWO_LAYERS,
                        "a/layer.tar",
                        "layer one"),
                Map.of("b/layer.tar", "../a/layer.tar"));

        try (ImageArchive archive = ImageArchive.open(path);
                InputStream second = archive.plainLayer(1)) {
            assertThat(new String(second.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("layer one");
            assertThat(archive.imageId()).isEqualTo(Sha256.of(TWO_LAYERS.getBytes(StandardCharsets.UTF_8)));
            assertThat(archive.architectureName()).isEqualTo("arm64");
        }
    }

    @Test
    void severalImages_areRefused() throws IOException {
        Path path = tar(Map.of("manifest.json", "[{},{}]"), Map.of());

        assertThatThrownBy(() -> ImageArchive.open(path)).hasMessageContaining("holds 2 images");
    }

    @Test
    void absentLayer_isNamed() throws IOException {
        Path path = tar(
                Map.of("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[\"a\",\"b\"]}]", "c.json", TWO_LAYERS),
                Map.of());

        try (ImageArchive archive = ImageArchive.open(path)) {
            assertThatThrownBy(() -> archive.storedLayer(1)).hasMessageContaining("lacks 'b'");
        }
    }

    @Test
    void otherTar_isRefused() throws IOException {
        Path path = tar(Map.of("index.json", "{}"), Map.of());

        assertThatThrownBy(() -> ImageArchive.open(path)).hasMessageContaining("has no manifest.json");
    }
}

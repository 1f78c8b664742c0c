package io.portolan.images.internal.registry;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.BuildEvent;
import io.portolan.images.internal.registry.Manifest.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Copies an image, or an index with all its images, from one repository to another, so that its digest stays the same. */
public final class ImageCopy {
    private final RegistryClient source;
    private final RegistryClient target;
    private final Consumer<BuildEvent> progress;

    /**
     * A copy.
     *
     * @param source where from
     * @param target where to
     * @param progress told of each blob
     */
    public ImageCopy(RegistryClient source, RegistryClient target, Consumer<BuildEvent> progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    /**
     * Copies.
     *
     * @return the digest, the same in both
     */
    public String run() {
        Manifest top = source.manifest().orElseThrow(() -> absent(source.tagOrDigest()));
        try {
            Path file = Files.createTempFile("portolan-copy", ".blob");
            try {
                for (Descriptor member : top.isIndex() ? top.members() : List.<Descriptor>of()) {
                    Manifest manifest = source.manifest(member.digest()).orElseThrow(() -> absent(member.digest()));
                    blobs(manifest, file);
                    target.put(manifest, member.digest());
                }
                if (!top.isIndex()) {
                    blobs(top, file);
                }
                return target.put(top, target.tagOrDigest());
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw RegistryErrors.local("copy of " + source.reference(), e);
        }
    }

    private PortolanException absent(String tagOrDigest) {
        return PortolanException.builder(
                        ErrorCode.NOT_FOUND,
                        "copy of " + source.reference() + " failed: the registry has no '" + tagOrDigest
                                + "' there; check repository and tag")
                .resource(source.reference().toString())
                .build();
    }

    private void blobs(Manifest manifest, Path file) {
        List<Descriptor> blobs = new ArrayList<>(manifest.layers());
        blobs.add(manifest.config());
        boolean sameRegistry =
                source.reference().registry().equals(target.reference().registry());
        for (Descriptor blob : blobs) {
            if (target.has(blob.digest())) {
                progress.accept(new BuildEvent(blob.digest(), "is there already"));
                continue;
            }
            boolean sent = target.upload(
                    blob.digest(),
                    () -> {
                        source.download(blob, file);
                        return file;
                    },
                    sameRegistry ? source.reference().repository() : null);
            progress.accept(new BuildEvent(blob.digest(), sent ? "copied " + blob.size() + " bytes" : "taken over"));
        }
    }
}

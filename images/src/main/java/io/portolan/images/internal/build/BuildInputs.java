package io.portolan.images.internal.build;

import io.portolan.error.InvalidSpecException;
import io.portolan.image.FilesBuild;
import io.portolan.images.internal.archive.Sha256;
import io.portolan.images.internal.build.Layer.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The checked inputs of a build: what goes into which layer, and what is started.
 *
 * @param base where the image starts from
 * @param layers from the lowest
 * @param entrypoint program and first arguments; empty for the base's
 */
public record BuildInputs(Base base, List<Layer> layers, List<String> entrypoint) {
    /** Makes the lists immutable. */
    public BuildInputs {
        layers = List.copyOf(layers);
        entrypoint = List.copyOf(entrypoint);
    }

    /**
     * Checks a build and lists its files. Reads this machine's files, and nothing else.
     *
     * @param build the build
     * @return its inputs
     * @throws InvalidSpecException with every violation
     */
    public static BuildInputs of(FilesBuild build) {
        InputCheck check = new InputCheck();
        Base base = check.base(build);
        check.target(build);
        List<Layer> layers = new ArrayList<>();
        List<String> entrypoint = build.entrypoint();
        if (build.mainClass().isPresent()) {
            JavaLayout layout = JavaLayout.of(build, check);
            layers.addAll(layout.layers());
            entrypoint = layout.entrypoint();
        }
        check.entrypoint(build, base);
        check.settings(build);
        layers.addAll(check.entries(build));
        check.collisions(layers);
        check.throwIfAny("image build" + (check.isNamed() ? " '" + build.target() + "'" : ""));
        return new BuildInputs(base, layers, entrypoint);
    }

    /**
     * A digest over the content, the place and the mode of every file. Jib's own cache looks at times of change only, and would give a
     * stale layer for a file that was changed and kept its time.
     *
     * @return {@code sha256:...}
     * @throws IOException if a file cannot be read
     */
    public String contentKey() throws IOException {
        MessageDigest digest = Sha256.start();
        for (Layer layer : layers) {
            for (Item item : layer.files()) {
                String content = item.directory() ? "directory" : Sha256.of(item.source());
                Path source = item.source().toAbsolutePath();
                String line = source + "\0" + item.destination() + "\0" + item.mode() + "\0" + content + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            digest.update((byte) 0);
        }
        return Sha256.end(digest);
    }
}

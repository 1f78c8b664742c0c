package io.portolan.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The image that is run: BusyBox, made from the program of this machine, so that no registry is needed. */
public final class TestImage {
    private static final String NAME = "portolan-benchmark/busybox:1";
    private static final List<Path> PLACES =
            List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"), Path.of("/sbin/busybox"));

    private TestImage() {}

    /**
     * Makes the image unless it is there.
     *
     * @param client of the engine
     * @return its name
     * @throws IOException if BusyBox cannot be read
     */
    public static String prepare(DockerClient client) throws IOException {
        try {
            client.inspectImageCmd(NAME).exec();
        } catch (NotFoundException missing) {
            build(client);
        }
        return NAME;
    }

    private static void build(DockerClient client) throws IOException {
        Path busybox = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("BusyBox was not found at " + PLACES
                        + "; install a static one (Debian package busybox-static), or name an image with --image"));
        Path context = Files.createTempDirectory("portolan-benchmark");
        Path program = context.resolve("busybox");
        // BusyBox is whatever command it is called as.
        Path dockerfile = Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY busybox /bin/sh\n");
        Files.copy(busybox, program);
        try {
            client.buildImageCmd(context.toFile())
                    .withTags(Set.of(NAME))
                    .exec(new BuildImageResultCallback())
                    .awaitImageId();
        } finally {
            Files.delete(program);
            Files.delete(dockerfile);
            Files.delete(context);
        }
    }
}

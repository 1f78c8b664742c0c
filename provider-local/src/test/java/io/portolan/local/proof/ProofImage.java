package io.portolan.local.proof;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The image that the proofs run: BusyBox, made from the program of this machine, so that no registry is needed. */
final class ProofImage {
    static final String NAME = "portolan-proof/busybox:1";

    private static final String DOCKERFILE = """
            FROM scratch
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            """;

    private ProofImage() {}

    static synchronized String prepare(DockerClient client) {
        try {
            client.inspectImageCmd(NAME).exec();
        } catch (NotFoundException missing) {
            build(client);
        }
        return NAME;
    }

    private static void build(DockerClient client) {
        try {
            Path context = Files.createTempDirectory("portolan-proof");
            Path program = Files.copy(Path.of("/bin/busybox"), context.resolve("busybox"));
            Path dockerfile = Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
            client.buildImageCmd(context.toFile())
                    .withTags(Set.of(NAME))
                    .exec(new BuildImageResultCallback())
                    .awaitImageId();
            Files.delete(program);
            Files.delete(dockerfile);
            Files.delete(context);
        } catch (IOException e) {
            throw new UncheckedIOException("a static BusyBox is needed (Debian package busybox-static)", e);
        }
    }
}

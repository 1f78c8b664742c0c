package io.portolan.local.conformance;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.portolan.image.ImageReference;
import io.portolan.images.HostProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An image with all that the suite's shell programs call, from the busybox of this machine. Made once and left on the engine. */
final class ConformanceImage {
    static final String NAME = "portolan-test/conformance:1";

    private static final List<Path> PLACES = List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));
    private static final List<String> APPLETS = List.of(
            "sh",
            "base64",
            "cat",
            "chmod",
            "echo",
            "false",
            "head",
            "hostname",
            "httpd",
            "id",
            "kill",
            "mkdir",
            "printf",
            "pwd",
            "sleep",
            "tail",
            "tr",
            "true",
            "wget");

    private ConformanceImage() {}

    static synchronized void ensure(DockerClient client) {
        try {
            client.inspectImageCmd(NAME).exec();
        } catch (NotFoundException e) {
            load(client);
        }
    }

    private static void load(DockerClient client) {
        Path busybox = PLACES.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("no busybox in " + PLACES + "; install the package busybox-static"));
        HostProgram program = HostProgram.of(busybox).with(busybox, "/bin/busybox");
        for (String applet : APPLETS) {
            program = program.link("/bin/" + applet, "busybox");
        }
        try {
            Path archive = Files.createTempFile("conformance", ".tar");
            program.toArchive(ImageReference.parse(NAME), archive);
            try (InputStream in = Files.newInputStream(archive)) {
                client.loadImageCmd(in).exec();
            }
            Files.delete(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.portolan.local.internal.service;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.portolan.image.ImageReference;
import io.portolan.images.HostProgram;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.ServiceSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An image with small servers, from the busybox of this machine. Made once and left on the engine. */
final class WebImage {
    static final String NAME = "portolan-test/web:1";

    private static final List<Path> PLACES = List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));

    private WebImage() {}

    static synchronized void ensure(DockerClient client) {
        try {
            client.inspectImageCmd(NAME).exec();
        } catch (NotFoundException e) {
            load(client);
        }
    }

    /** A web server that answers with a text, and 200 on {@code /healthz}. */
    static ServiceSpec.Builder web(String service, String text) {
        String script = "mkdir -p /tmp/www/cgi-bin && echo ok > /tmp/www/healthz && echo '" + text
                + "' > /tmp/www/index.html && exec httpd -f -p $PORT -h /tmp/www";
        return ServiceSpec.builder(service)
                .image(NAME)
                .command("/bin/sh", "-c", script)
                .port(Port.http(8080))
                .readiness(Probe.http("/healthz"))
                .stopGracePeriod(java.time.Duration.ofSeconds(1));
    }

    private static void load(DockerClient client) {
        Path busybox = PLACES.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("no busybox in " + PLACES + "; install the package busybox-static"));
        HostProgram program = HostProgram.of(busybox).with(busybox, "/bin/busybox");
        for (String applet : List.of(
                "sh",
                "cat",
                "echo",
                "env",
                "sleep",
                "httpd",
                "nc",
                "wget",
                "mkdir",
                "rm",
                "kill",
                "sed",
                "true",
                "false",
                "head",
                "yes",
                "dd",
                "tail",
                "touch",
                "test",
                "hostname")) {
            program = program.link("/bin/" + applet, "busybox");
        }
        try {
            Path archive = Files.createTempFile("web", ".tar");
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

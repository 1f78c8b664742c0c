package io.portolan.aws.conformance;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.DockerContainers;
import io.portolan.image.ImageReference;
import io.portolan.images.HostProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One emulator for a JVM of tests, with containers on the local engine and a registry beside it. Ends with the JVM. */
final class EmulatedAws {
    /** An image with all that the suite's shell programs call. */
    static final String IMAGE = "portolan-test/aws-conformance:1";

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
            "nc",
            "nslookup",
            "printf",
            "pwd",
            "rm",
            "sleep",
            "tail",
            "tr",
            "true");

    private static final EmulatedAws SHARED = start();

    private final CloudEmulator emulator;
    private final LocalRegistry registry;

    private EmulatedAws(CloudEmulator emulator, LocalRegistry registry) {
        this.emulator = emulator;
        this.registry = registry;
    }

    static EmulatedAws shared() {
        return SHARED;
    }

    private static EmulatedAws start() {
        LocalRegistry registry = LocalRegistry.start();
        loadImage();
        CloudEmulator emulator = CloudEmulator.builder()
                .containers(DockerContainers.onLocalEngine())
                .registry(registry.address())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            emulator.close();
            registry.close();
        }));
        return new EmulatedAws(emulator, registry);
    }

    private static void loadImage() {
        Path busybox = List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox")).stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no busybox; install the package busybox-static"));
        HostProgram program = HostProgram.of(busybox).with(busybox, "/bin/busybox");
        for (String applet : APPLETS) {
            program = program.link("/bin/" + applet, "busybox");
        }
        try {
            Path archive = Files.createTempFile("aws-conformance", ".tar");
            program.toArchive(ImageReference.parse(IMAGE), archive);
            Process load = new ProcessBuilder("docker", "load", "-i", archive.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!load.waitFor(1, TimeUnit.MINUTES) || load.exitValue() != 0) {
                throw new IllegalStateException("docker load of " + IMAGE + " failed");
            }
            Files.delete(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI endpoint() {
        return emulator.endpoint();
    }

    String registry() {
        return registry.address();
    }

    void secret(String name, String value) {
        emulator.aws().secret(name, value);
    }

    long calls() {
        return emulator.aws().requests().counts().values().stream()
                .mapToLong(Integer::longValue)
                .sum();
    }
}

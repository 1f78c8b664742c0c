package io.portolan.aws.conformance;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.DockerContainers;
import io.portolan.image.ImageReference;
import io.portolan.images.HostProgram;
import io.portolan.testkit.LocalRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One emulator for a JVM of tests, with containers on the local engine and a registry beside it. Ends with the JVM. */
final class EmulatedAws {
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
        LocalRegistry registry = LocalRegistry.open(temporaryFolder());
        pushImage(imageIn(registry));
        CloudEmulator emulator = CloudEmulator.builder()
                .containers(DockerContainers.onLocalEngine())
                .registry(registry.host())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            emulator.close();
            registry.close();
        }));
        return new EmulatedAws(emulator, registry);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("registry");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String imageIn(LocalRegistry registry) {
        return registry.host() + "/portolan-test/conformance:1";
    }

    private static void pushImage(String name) {
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
            program.toArchive(ImageReference.parse(name), archive);
            docker("load", "-i", archive.toString());
            docker("push", name);
            Files.delete(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void docker(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An image with all that the suite's shell programs call. */
    String image() {
        return imageIn(registry);
    }

    URI endpoint() {
        return emulator.endpoint();
    }

    String registry() {
        return registry.host();
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

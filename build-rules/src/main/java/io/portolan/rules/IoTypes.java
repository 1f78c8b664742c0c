package io.portolan.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** Tells the types that talk to a file, a network or an engine from those that only describe a value. */
final class IoTypes {

    /** Values and exceptions that live in packages of I/O classes. */
    private static final Set<String> HARMLESS = Set.of(
            "java.io.IOException",
            "java.io.Serializable",
            "java.io.UncheckedIOException",
            "java.net.URI",
            "java.net.URISyntaxException",
            "java.net.URLDecoder",
            "java.net.URLEncoder");

    static final DescribedPredicate<JavaClass> PERFORM_IO =
            DescribedPredicate.describe("perform I/O", IoTypes::performsIo);

    private IoTypes() {}

    private static boolean performsIo(JavaClass type) {
        String name = type.getName();
        return isJdkIo(type, name) || isDockerClient(name);
    }

    private static boolean isJdkIo(JavaClass type, String name) {
        String pkg = type.getPackageName();
        boolean ioPackage = pkg.equals("java.io")
                || pkg.equals("java.net")
                || pkg.startsWith("java.net.")
                || pkg.startsWith("java.nio.channels");
        return (ioPackage && !HARMLESS.contains(name)) || name.equals("java.nio.file.Files");
    }

    /** docker-java keeps its commands (I/O) and their answers (values) in one package. */
    private static boolean isDockerClient(String name) {
        return name.startsWith("com.github.dockerjava.core.")
                || name.startsWith("com.github.dockerjava.transport.")
                || name.startsWith("com.github.dockerjava.zerodep.")
                || name.startsWith("com.github.dockerjava.api.DockerClient")
                || name.startsWith("com.github.dockerjava.api.async.")
                || name.matches("com\\.github\\.dockerjava\\.api\\.command\\..*Cmd(\\$.*)?");
    }
}

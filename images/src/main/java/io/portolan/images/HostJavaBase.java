package io.portolan.images;

import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.Violation;
import io.portolan.image.BuildEvent;
import io.portolan.image.ImageReference;
import io.portolan.images.internal.archive.Architectures;
import io.portolan.images.internal.archive.RootFilesystem;
import io.portolan.images.internal.archive.ScratchImage;
import io.portolan.images.internal.archive.Sha256;
import io.portolan.images.internal.host.HostFiles;
import io.portolan.images.internal.host.JavaRuntime;
import io.portolan.images.internal.host.SharedLibraries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A base image for Java applications from a JDK of this Linux machine, for where no registry can be reached. Holds a Java runtime in {@code
 * /opt/java} with {@code java} on the {@code PATH}, the libraries that it needs, certificates, {@code /etc/passwd}, a {@code /tmp}, and
 * nothing else, no shell either. Immutable: methods named after a setting give a changed copy.
 *
 * <p>Made once (10 to 20 seconds) and kept in the cache by the JDK's version, modules and libraries. Use it as {@code
 * ImageBuild.java(...).base(hostJavaBase.base(progress))}. Such an image is as old as the machine it was made on: for production use a
 * maintained base.
 */
public final class HostJavaBase {
    /**
     * The modules that are linked unless changed: what server applications, JDBC drivers and HTTP clients commonly need. Without desktop
     * and compiler.
     */
    public static final Set<String> DEFAULT_MODULES = Set.of(
            "java.base",
            "java.compiler",
            "java.instrument",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.scripting",
            "java.security.jgss",
            "java.security.sasl",
            "java.sql",
            "java.transaction.xa",
            "java.xml",
            "jdk.crypto.ec",
            "jdk.httpserver",
            "jdk.jfr",
            "jdk.management",
            "jdk.naming.dns",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    /** Raised when the same inputs give another image. */
    private static final String FORM = "1";

    private final ImageCache cache;
    private final Path javaHome;
    private final Set<String> modules;

    private HostJavaBase(ImageCache cache, Path javaHome, Set<String> modules) {
        this.cache = cache;
        this.javaHome = javaHome;
        this.modules = new TreeSet<>(modules);
    }

    /**
     * From the JDK that runs this program.
     *
     * @param cache where the image is kept
     * @return a base with the default modules; nothing is made yet
     */
    public static HostJavaBase of(ImageCache cache) {
        return new HostJavaBase(
                Objects.requireNonNull(cache, "cache"), Path.of(System.getProperty("java.home")), DEFAULT_MODULES);
    }

    /**
     * Another JDK.
     *
     * @param home its home directory
     * @return a changed copy
     */
    public HostJavaBase javaHome(Path home) {
        return new HostJavaBase(cache, Objects.requireNonNull(home, "home"), modules);
    }

    /**
     * Other modules. Only for JDKs with {@code jlink}: of others the whole runtime is taken.
     *
     * @param names module names; all that they need is added
     * @return a changed copy
     */
    public HostJavaBase modules(Set<String> names) {
        return new HostJavaBase(cache, javaHome, names);
    }

    /**
     * The base, in the form that {@code FilesBuild.base(...)} takes. Made if it is not in the cache. Blocking.
     *
     * @param progress called on this thread
     * @return {@code tar:} and the path of the archive
     * @throws PortolanException as {@link #archive}
     */
    public String base(Consumer<BuildEvent> progress) {
        return "tar:" + archive(progress);
    }

    /**
     * The base as an archive in the form of {@code docker save}, named {@code portolan/host-java}. Made if it is not in the cache. Blocking.
     *
     * @param progress called on this thread
     * @return the archive in the cache, not to be changed
     * @throws InvalidSpecException if the home is no Java runtime for Linux
     * @throws PortolanException UNSUPPORTED if this machine has no {@code ldd}; FAILED if {@code jlink} fails or a file cannot be read or
     *     written
     */
    public Path archive(Consumer<BuildEvent> progress) {
        if (!Files.isExecutable(javaHome.resolve("bin/java"))
                || !Files.isRegularFile(javaHome.resolve("lib/server/libjvm.so"))) {
            throw new InvalidSpecException(
                    "Java base image",
                    List.of(new Violation(
                            "javaHome",
                            javaHome.toString(),
                            "is no Java runtime for Linux: it lacks bin/java or lib/server/libjvm.so",
                            "give the home of a JDK of version 17 or newer")));
        }
        try {
            String key = key();
            Path folder = cache.folder("host");
            Path archive = folder.resolve("java-" + key + ".tar");
            if (Files.exists(archive)) {
                return archive;
            }
            progress.accept(new BuildEvent("host-java", "linking a Java runtime from " + javaHome));
            make(key, folder, archive);
            progress.accept(new BuildEvent("host-java", "made " + archive));
            return archive;
        } catch (IOException e) {
            throw PortolanException.builder(ErrorCode.FAILED, "Java base image of '" + javaHome + "' failed: " + e)
                    .resource(javaHome.toString())
                    .cause(e)
                    .build();
        }
    }

    private void make(String key, Path folder, Path archive) throws IOException {
        Path work = Files.createTempDirectory(folder, ".work");
        try {
            RootFilesystem root = HostFiles.system();
            new JavaRuntime(javaHome, modules).addTo(root, work.toRealPath());
            Map<String, String> env = new LinkedHashMap<>();
            env.put("PATH", JavaRuntime.HOME + "/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
            env.put("JAVA_HOME", JavaRuntime.HOME);
            env.put("LANG", "C.UTF-8");
            new ScratchImage(Architectures.ofMachine(), env, List.of(), Map.of())
                    .write(root, ImageReference.parse("portolan/host-java:" + key), archive);
        } finally {
            try (Stream<Path> found = Files.walk(work)) {
                for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    /** By what the image is made from: the JDK's build, the modules, and the C library. */
    private String key() throws IOException {
        StringBuilder inputs = new StringBuilder(FORM).append('\n').append(String.join(",", modules));
        Path release = javaHome.resolve("release");
        if (Files.isReadable(release)) {
            inputs.append('\n').append(Files.readString(release));
        }
        Path jvm = javaHome.resolve("lib/server/libjvm.so").toRealPath();
        inputs.append('\n').append(Files.size(jvm)).append(' ').append(Files.getLastModifiedTime(jvm));
        for (Path library : SharedLibraries.of(List.of(jvm)).files()) {
            inputs.append('\n')
                    .append(library)
                    .append(' ')
                    .append(Files.size(library))
                    .append(' ')
                    .append(Files.getLastModifiedTime(library));
        }
        return Sha256.hex(Sha256.of(inputs.toString().getBytes(StandardCharsets.UTF_8)))
                .substring(0, 16);
    }
}

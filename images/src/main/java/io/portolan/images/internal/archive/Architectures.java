package io.portolan.images.internal.archive;

import io.portolan.image.Architecture;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Names of processor architectures, as images and as the Java platform write them. */
public final class Architectures {
    private Architectures() {}

    /**
     * Reads an OCI name.
     *
     * @param ociName for example {@code amd64}
     * @return empty if the SDK does not know it
     */
    public static Optional<Architecture> parse(String ociName) {
        return Arrays.stream(Architecture.values())
                .filter(a -> a.ociName().equals(ociName))
                .findFirst();
    }

    /**
     * That of this machine.
     *
     * @return by {@code os.arch}; amd64 for all that is not ARM
     */
    public static Architecture ofMachine() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return name.equals("aarch64") || name.equals("arm64") ? Architecture.ARM64 : Architecture.AMD64;
    }
}

package io.portolan.images;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where pulled bases, compressed layers and images made from this machine are kept between builds. May be shared by processes and deleted
 * at any time while no build runs; what is in it is found by content and never out of date.
 *
 * @param directory made when it is first needed
 */
public record ImageCache(Path directory) {
    /**
     * The cache of this user: {@code $XDG_CACHE_HOME/portolan}, else {@code ~/.cache/portolan}, {@code ~/Library/Caches/portolan} on macOS,
     * {@code %LOCALAPPDATA%\portolan\cache} on Windows.
     *
     * @return the cache; makes no directory yet
     */
    public static ImageCache ofUser() {
        String home = System.getProperty("user.home");
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        @Nullable String xdg = System.getenv("XDG_CACHE_HOME");
        @Nullable String local = System.getenv("LOCALAPPDATA");
        if (xdg != null && xdg.startsWith("/")) {
            return new ImageCache(Path.of(xdg, "portolan"));
        }
        if (system.startsWith("mac")) {
            return new ImageCache(Path.of(home, "Library", "Caches", "portolan"));
        }
        if (system.startsWith("windows") && local != null) {
            return new ImageCache(Path.of(local, "portolan", "cache"));
        }
        return new ImageCache(Path.of(home, ".cache", "portolan"));
    }

    /**
     * A directory for one purpose, made if it is not there.
     *
     * @param name its name
     * @return the directory
     * @throws PortolanException FAILED if it cannot be made
     */
    public Path folder(String name) {
        Path folder = directory.resolve(name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw PortolanException.builder(
                            ErrorCode.FAILED,
                            "cache directory '" + folder + "' cannot be made: " + e + "; choose another one")
                    .resource(folder.toString())
                    .cause(e)
                    .build();
        }
    }
}

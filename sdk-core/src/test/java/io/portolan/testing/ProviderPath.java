package io.portolan.testing;

import io.portolan.spi.CloudProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Puts providers on the class path of this thread until it is closed. */
public final class ProviderPath implements AutoCloseable {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final URLClassLoader loader;

    private ProviderPath(URLClassLoader loader) {
        this.loader = loader;
        Thread.currentThread().setContextClassLoader(loader);
    }

    public static ProviderPath of(Path emptyDirectory, Class<?>... providers) throws IOException {
        Path services = Files.createDirectories(emptyDirectory.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(CloudProvider.class.getName()),
                Arrays.stream(providers).map(Class::getName).collect(Collectors.joining("\n")));
        return new ProviderPath(
                new URLClassLoader(new URL[] {emptyDirectory.toUri().toURL()}, ProviderPath.class.getClassLoader()));
    }

    public ClassLoader loader() {
        return loader;
    }

    @Override
    public void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }
}

package io.portolan.images;

import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The registry of a platform in memory. */
final class OwnRegistry implements PlatformRegistry {
    static final String HOST = "registry.cloud.example";

    private final Set<Architecture> architectures;

    OwnRegistry(Architecture... architectures) {
        this.architectures = new LinkedHashSet<>(
                architectures.length == 0 ? List.of(Architecture.values()) : List.of(architectures));
    }

    @Override
    public String provider() {
        return "cloud";
    }

    @Override
    public String title() {
        return "the cloud's registry";
    }

    @Override
    public Set<Architecture> architectures() {
        return architectures;
    }

    @Override
    public boolean holds(String registry) {
        return registry.equals(HOST);
    }

    @Override
    public Optional<RegistryCredentials> credentials(String registry) {
        return Optional.empty();
    }

    @Override
    public ImageReference target(Image image) {
        return ImageReference.parse(HOST + "/" + image.reference().repository() + ":1");
    }

    @Override
    public void ensure(ImageReference target) {
        // Repositories need not be made.
    }
}

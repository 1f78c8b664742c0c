package io.portolan.gcp.internal.image;

import com.google.auth.oauth2.AccessToken;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.id.ProviderId;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.images.ImageCache;
import io.portolan.images.PlatformRegistry;
import io.portolan.images.PublishedName;
import io.portolan.images.RegistryAccess;
import io.portolan.images.RegistryImageDriver;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Artifact Registry, or the registry that the configuration names instead, as the registry of this provider. The login is an access token,
 * asked for at each login and so never an old one; only registries of Google get it, and one of this machine that stands for them.
 * Thread-safe; {@code toString} shows nothing of it.
 *
 * <p>Source: cloud.google.com/artifact-registry/docs/docker/authentication#token (2026-11).
 */
public final class ArtifactRegistry implements PlatformRegistry {
    private static final String USER = "oauth2accesstoken";
    private static final Pattern PATH =
            Pattern.compile("(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*");

    private final Supplier<Optional<AccessToken>> token;
    private final GcpSettings settings;
    private final ArtifactRepositories repositories;

    ArtifactRegistry(Supplier<Optional<AccessToken>> token, GcpSettings settings, ArtifactRepositories repositories) {
        this.token = Objects.requireNonNull(token, "token");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.repositories = Objects.requireNonNull(repositories, "repositories");
    }

    /**
     * The image driver of this provider, which has made no request yet.
     *
     * @param clients gives the client and the token
     * @param calls makes the requests
     * @param settings project, region, repository and registry
     * @param labels what marks repositories as made here
     * @param clock the time
     * @return the driver
     */
    public static RegistryImageDriver driver(
            GcpClients clients, GcpCalls calls, GcpSettings settings, Map<String, String> labels, Clock clock) {
        return driver(clients::artifactRegistry, clients::token, calls, settings, labels, clock, ImageCache.ofUser());
    }

    static RegistryImageDriver driver(
            Supplier<ArtifactRegistryClient> client,
            Supplier<Optional<AccessToken>> token,
            GcpCalls calls,
            GcpSettings settings,
            Map<String, String> labels,
            Clock clock,
            ImageCache cache) {
        ArtifactRepositories.Rules rules = new ArtifactRepositories.Rules(
                settings.flag(GcpKeys.IMMUTABLE_TAGS), settings.config().number(GcpKeys.KEEP_IMAGES), labels);
        ArtifactRepositories repositories =
                new ArtifactRepositories(client, calls, rules, clock, time -> Thread.sleep(time.toMillis()));
        return new RegistryImageDriver(
                new ArtifactRegistry(token, settings, repositories), cache, RegistryAccess.ofMachine());
    }

    @Override
    public String provider() {
        return ProviderId.GCP.value();
    }

    @Override
    public String title() {
        return settings.hasOtherRegistry() ? "the registry " + settings.registry() : "Artifact Registry";
    }

    /** {@inheritDoc} Cloud Run takes an index of several, if this is among them. */
    @Override
    public Set<Architecture> architectures() {
        return Set.of(Architecture.AMD64);
    }

    @Override
    public boolean holds(String registry) {
        return registry.equals(settings.registry()) || GoogleHosts.isGoogle(registry);
    }

    @Override
    public Optional<RegistryCredentials> credentials(String registry) {
        boolean trusted = GoogleHosts.isGoogle(registry)
                || (registry.equals(settings.registry()) && GoogleHosts.isLoopback(registry));
        if (!trusted) {
            return Optional.empty();
        }
        return token.get().map(t -> new RegistryCredentials(USER, t.getTokenValue()));
    }

    @Override
    public ImageReference target(Image image) {
        PublishedName name = PublishedName.of(image);
        String own = projectPath() + "/" + settings.repository() + "/";
        boolean isThere = image.reference().registry().equals(settings.registry());
        String path = isThere
                ? image.reference().repository()
                : name.path().startsWith(own) ? name.path() : own + name.path();
        check(path.substring(path.startsWith(own) ? own.length() : 0));
        return ImageReference.parse(settings.registry() + "/" + path + ":" + name.tag());
    }

    private static void check(String path) {
        if (path.length() > 256 || !PATH.matcher(path).matches()) {
            throw new InvalidSpecException(
                    "publish of '" + path + "'",
                    List.of(new Violation(
                            "image",
                            path,
                            "must be at most 256 lower-case letters and digits with . _ - / between them",
                            "name the image accordingly")));
        }
    }

    /** A project of a domain is {@code example.com:project}, and {@code example.com/project} in names of images. */
    private String projectPath() {
        return settings.project().replace(':', '/');
    }

    /** {@inheritDoc} A repository of another project is for its owners to make. */
    @Override
    public void ensure(ImageReference target) {
        String own = projectPath() + "/";
        if (!settings.flag(GcpKeys.CREATE_REPOSITORY) || !target.repository().startsWith(own)) {
            return;
        }
        String rest = target.repository().substring(own.length());
        int slash = rest.indexOf('/');
        if (slash > 0) {
            location(target.registry())
                    .ifPresent(location -> repositories.ensure(
                            "projects/" + settings.project() + "/locations/" + location, rest.substring(0, slash)));
        }
    }

    /** Empty for a registry that Artifact Registry has no repositories in. */
    private Optional<String> location(String registry) {
        boolean standsForIt = settings.hasOtherRegistry()
                && registry.equals(settings.registry())
                && settings.endpoint(GcpClients.ARTIFACT_REGISTRY).isPresent();
        return standsForIt ? Optional.of(settings.region()) : GoogleHosts.location(registry);
    }

    @Override
    public String toString() {
        return "ArtifactRegistry";
    }
}

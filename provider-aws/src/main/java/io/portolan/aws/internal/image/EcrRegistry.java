package io.portolan.aws.internal.image;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.id.ProviderId;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.images.PlatformRegistry;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Amazon ECR as the registry of this provider. Thread-safe. */
public final class EcrRegistry implements PlatformRegistry {
    private final ProviderConfig config;
    private final EcrCredentials login;
    private final EcrRepositories repositories;

    /**
     * What it works with.
     *
     * @param client gives the client of ECR at its first use
     * @param calls makes the requests
     * @param region gives the Region
     * @param tags what marks repositories as made here
     */
    public record Tools(Supplier<EcrClient> client, AwsCalls calls, Supplier<String> region, Map<String, String> tags) {
        /** Copies the tags. */
        public Tools {
            tags = Map.copyOf(tags);
        }
    }

    /**
     * Nothing is asked yet.
     *
     * @param tools what it works with
     * @param config the settings
     * @param context gives the time
     */
    public EcrRegistry(Tools tools, ProviderConfig config, DriverContext context) {
        this.config = Objects.requireNonNull(config, "config");
        boolean emulated = config.text(AwsKeys.ENDPOINT).isPresent()
                || config.under(AwsKeys.ENDPOINTS).containsKey("ecr");
        this.login = new EcrCredentials(tools.client(), tools.calls(), tools.region(), emulated, context.clock());
        this.repositories = new EcrRepositories(
                tools.client(),
                tools.calls(),
                new EcrRepositories.Rules(
                        config.flag(AwsKeys.IMMUTABLE_TAGS), config.number(AwsKeys.KEEP_IMAGES), tools.tags()));
    }

    @Override
    public String provider() {
        return ProviderId.AWS.value();
    }

    @Override
    public String title() {
        return "ECR";
    }

    @Override
    public Set<Architecture> architectures() {
        return Collections.unmodifiableSet(EnumSet.allOf(Architecture.class));
    }

    @Override
    public boolean holds(String registry) {
        return login.isEcr(registry);
    }

    @Override
    public Optional<RegistryCredentials> credentials(String registry) {
        return login.find(registry);
    }

    @Override
    public ImageReference target(Image image) {
        String prefix = config.text(AwsKeys.REPOSITORY_PREFIX)
                .filter(text -> !text.isBlank())
                .orElse(config.application());
        return EcrTarget.of(login.registry(), prefix, image);
    }

    @Override
    public void ensure(ImageReference target) {
        repositories.ensure(target.repository());
    }
}

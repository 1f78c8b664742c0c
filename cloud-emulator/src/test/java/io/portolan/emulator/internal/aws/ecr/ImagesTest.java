package io.portolan.emulator.internal.aws.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.emulator.AwsClients;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.RegistryPushes;
import io.portolan.testkit.LocalRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** Of a real registry, into which a client pushes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagesTest {
    private static final byte[] CONFIG =
            "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8);
    private static final String CONFIG_DIGEST =
            Manifest.of("", new String(CONFIG, StandardCharsets.UTF_8)).digest();
    private static final String OCI = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String NAME = "team/app";

    private LocalRegistry registry;
    private CloudEmulator emulator;
    private EcrClient ecr;

    @BeforeAll
    void open(@TempDir Path folder) {
        registry = LocalRegistry.open(folder);
        emulator = CloudEmulator.builder()
                .clock(EmulatorClock.manual())
                .registry(registry.host())
                .start();
        ecr = AwsClients.open(emulator, EcrClient.builder());
    }

    @BeforeEach
    void create() {
        ecr.createRepository(request -> request.repositoryName(NAME));
    }

    @AfterEach
    void delete() {
        ecr.deleteRepository(request -> request.repositoryName(NAME).force(true));
    }

    @AfterAll
    void close() {
        ecr.close();
        emulator.close();
        registry.close();
    }

    @Test
    void repository_withARegistry_isPushedThere() {
        assertThat(ecr.describeRepositories().repositories().get(0).repositoryUri())
                .isEqualTo(registry.host() + "/" + NAME);
        assertThat(ecr.getAuthorizationToken().authorizationData().get(0).proxyEndpoint())
                .isEqualTo("http://" + registry.host());
    }

    @Test
    void describeImages_ofATag_tellsItsDigest() {
        String manifest = push("1.0", "one");
        push("latest", "one");
        push("2.0", "two");

        ImageDetail detail = describe(tag("1.0"));
        assertThat(detail.imageDigest()).isEqualTo(digest(manifest));
        assertThat(detail.imageTags()).containsExactly("1.0", "latest");
        assertThat(detail.imageManifestMediaType()).isEqualTo(OCI);
        assertThat(detail.imageSizeInBytes()).isEqualTo(CONFIG.length);
        assertThat(describe(ImageIdentifier.builder()
                                .imageDigest(digest(manifest))
                                .build())
                        .imageTags())
                .containsExactly("1.0", "latest");
        assertThat(ecr.describeImages(request -> request.repositoryName(NAME)).imageDetails())
                .hasSize(2);
        assertThat(ecr.listImagesPaginator(
                                request -> request.repositoryName(NAME).maxResults(2))
                        .imageIds())
                .extracting(ImageIdentifier::imageTag)
                .containsExactlyInAnyOrder("1.0", "latest", "2.0");
    }

    @Test
    void describeImages_ofAnIndex_tellsTheLargestSize() {
        String child = push("1.0", "one");
        pushes().pushManifest(NAME, "multi", INDEX, """
                {"schemaVersion":2,"mediaType":"%s","manifests":[{"mediaType":"%s","size":%d,"digest":"%s",
                "platform":{"architecture":"amd64","os":"linux"}}]}""".formatted(INDEX, OCI, child.length(), digest(child)));

        ImageDetail detail = describe(tag("multi"));
        assertThat(detail.imageManifestMediaType()).isEqualTo(INDEX);
        assertThat(detail.imageSizeInBytes()).isEqualTo(CONFIG.length);
    }

    @Test
    void describeImages_ofWhatIsNotThere_isRefused() {
        push("1.0", "one");

        assertThatThrownBy(() -> describe(tag("none")))
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessageContaining("imageTag:'none'");
        assertThatThrownBy(() -> ecr.describeImages(request -> request.repositoryName("other")))
                .isInstanceOf(RepositoryNotFoundException.class);
    }

    @Test
    void batchGetImage_ofSome_answersThoseAndFailures() {
        String manifest = push("1.0", "one");

        var answer = ecr.batchGetImage(request -> request.repositoryName(NAME).imageIds(tag("1.0"), tag("none")));

        assertThat(answer.images()).singleElement().satisfies(image -> {
            assertThat(image.imageManifest()).isEqualTo(manifest);
            assertThat(image.imageId().imageDigest()).isEqualTo(digest(manifest));
            assertThat(image.imageId().imageTag()).isEqualTo("1.0");
        });
        assertThat(answer.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.failureCode()).isEqualTo(ImageFailureCode.IMAGE_NOT_FOUND));
    }

    @Test
    void batchDeleteImage_ofTheLastTag_removesTheImage() {
        String manifest = push("1.0", "one");
        push("latest", "one");

        deleteImage(tag("1.0"));
        assertThat(describe(tag("latest")).imageTags()).containsExactly("latest");
        assertThatThrownBy(() -> describe(tag("1.0"))).isInstanceOf(ImageNotFoundException.class);

        deleteImage(tag("latest"));
        assertThatThrownBy(() -> describe(
                        ImageIdentifier.builder().imageDigest(digest(manifest)).build()))
                .isInstanceOf(ImageNotFoundException.class);
    }

    @Test
    void push_afterADelete_isSeenAgain() {
        push("1.0", "one");
        deleteImage(tag("1.0"));

        push("1.0", "one");

        assertThat(describe(tag("1.0")).imageTags()).containsExactly("1.0");
    }

    @Test
    void deleteRepository_withImages_needsForce() {
        push("1.0", "one");

        assertThatThrownBy(() -> ecr.deleteRepository(request -> request.repositoryName(NAME)))
                .isInstanceOf(RepositoryNotEmptyException.class);
        ecr.deleteRepository(request -> request.repositoryName(NAME).force(true));
        create();
        assertThat(ecr.describeImages(request -> request.repositoryName(NAME)).imageDetails())
                .isEmpty();
    }

    @Test
    void putImage_withoutARegistry_isKeptInMemory() {
        try (CloudEmulator alone =
                        CloudEmulator.builder().clock(EmulatorClock.manual()).start();
                EcrClient client = AwsClients.open(alone, EcrClient.builder())) {
            client.createRepository(
                    request -> request.repositoryName(NAME).imageTagMutability(ImageTagMutability.IMMUTABLE));
            String manifest = manifest("one");

            client.putImage(request ->
                    request.repositoryName(NAME).imageManifest(manifest).imageTag("1.0"));

            assertThat(client.describeImages(
                                    request -> request.repositoryName(NAME).imageIds(tag("1.0")))
                            .imageDetails())
                    .extracting(ImageDetail::imageDigest)
                    .isEqualTo(List.of(digest(manifest)));
            assertThatThrownBy(() -> client.putImage(request -> request.repositoryName(NAME)
                            .imageManifest(manifest("two"))
                            .imageTag("1.0")))
                    .isInstanceOf(ImageTagAlreadyExistsException.class);
        }
    }

    private ImageDetail describe(ImageIdentifier id) {
        return ecr.describeImages(request -> request.repositoryName(NAME).imageIds(id))
                .imageDetails()
                .get(0);
    }

    private void deleteImage(ImageIdentifier id) {
        assertThat(ecr.batchDeleteImage(request -> request.repositoryName(NAME).imageIds(id))
                        .failures())
                .isEmpty();
    }

    private String push(String tag, String content) {
        pushes().pushBlob(NAME, CONFIG_DIGEST, CONFIG);
        String manifest = manifest(content);
        pushes().pushManifest(NAME, tag, OCI, manifest);
        return manifest;
    }

    private static String manifest(String content) {
        return """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.oci.image.config.v1+json",
                "size":%d,"digest":"%s"},"layers":[],"annotations":{"content":"%s"}}""".formatted(OCI, CONFIG.length, CONFIG_DIGEST, content);
    }

    private static String digest(String manifest) {
        return Manifest.of(OCI, manifest).digest();
    }

    private static ImageIdentifier tag(String tag) {
        return ImageIdentifier.builder().imageTag(tag).build();
    }

    private RegistryPushes pushes() {
        return new RegistryPushes(registry.host());
    }
}

package io.portolan.emulator.internal.gcp.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.GcpRest;
import io.portolan.emulator.RegistryPushes;
import io.portolan.testkit.LocalRegistry;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a real registry, into which a client pushes. */
class DockerImagesTest {
    private static final String OCI = "application/vnd.oci.image.manifest.v1+json";
    private static final String REPOSITORIES = "/v1/" + GcpRest.PARENT + "/repositories";

    private static String digest(byte[] content) throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    @Test
    void pushedImages_areListedByRepository(@TempDir Path folder) throws Exception {
        byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(UTF_8);
        String manifest = GcpRest.json("{'schemaVersion':2,'mediaType':'" + OCI + "','config':{'mediaType':"
                        + "'application/vnd.oci.image.config.v1+json','digest':'" + digest(config) + "','size':"
                        + config.length + "},'layers':[]}")
                .toString();
        try (LocalRegistry registry = LocalRegistry.open(folder);
                CloudEmulator emulator = CloudEmulator.builder()
                        .clock(EmulatorClock.manual())
                        .registry(registry.host())
                        .start()) {
            GcpRest rest = GcpRest.of(emulator);
            rest.post(REPOSITORIES + "?repositoryId=images", "{'format':'DOCKER'}");
            rest.post(REPOSITORIES + "?repositoryId=others", "{'format':'DOCKER'}");
            RegistryPushes pushes = new RegistryPushes(registry.host());
            pushes.pushBlob("test-project/images/team/app", digest(config), config);
            pushes.pushManifest("test-project/images/team/app", "1.0", OCI, manifest);
            pushes.pushManifest("test-project/images/team/app", "latest", OCI, manifest);

            JsonNode images = rest.get(REPOSITORIES + "/images/dockerImages").at("/dockerImages");

            assertThat(images).hasSize(1);
            JsonNode image = images.get(0);
            String reference = "app@" + digest(manifest.getBytes(UTF_8));
            assertThat(image.path("name").asText())
                    .isEqualTo(GcpRest.PARENT + "/repositories/images/dockerImages/team%2F" + reference);
            assertThat(image.path("uri").asText())
                    .isEqualTo(registry.host() + "/test-project/images/team/" + reference);
            assertThat(image.path("tags")).hasToString("[\"1.0\",\"latest\"]");
            assertThat(image.path("imageSizeBytes").asText()).isEqualTo(Integer.toString(config.length));
            assertThat(rest.get(REPOSITORIES + "/others/dockerImages").body()).isEmpty();
        }
    }
}

package io.portolan.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.images.internal.registry.HttpCalls;
import io.portolan.testkit.LocalRegistry;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("docker")
class RegistryTlsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static KeyStore keys;
    private static LocalRegistry registry;
    private static Path archive;

    @BeforeAll
    static void start() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "r",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1"))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Path certificate = pem("CERTIFICATE", keys.getCertificate("r").getEncoded());
        Path key = pem("PRIVATE KEY", keys.getKey("r", PASSWORD).getEncoded());
        registry = LocalRegistry.withTls(folder, certificate, key);
        archive = folder.resolve("busybox.tar");
        HostProgram.of(Path.of("/bin/busybox")).toArchive(ImageReference.parse("busybox-of-machine"), archive);
    }

    private static Path pem(String type, byte[] bytes) throws Exception {
        String body = Base64.getMimeEncoder().encodeToString(bytes);
        return Files.writeString(
                folder.resolve(type.replace(' ', '-') + ".pem"),
                "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void trustedCertificate_pushes() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("r", keys.getCertificate("r"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        HttpCalls calls = new HttpCalls(HttpClient.newBuilder().sslContext(tls).build(), Duration.ofSeconds(30));
        Registry client = new Registry(new ImageCache(folder.resolve("cache")), RegistryAccess.anonymous(), calls);

        Image pushed = client.push(archive, registry.image("busybox:1"), e -> {});

        assertThat(client.digest(registry.image("busybox:1"))).isEqualTo(pushed.digest());
    }

    @Test
    void unknownCertificate_isRefusedAndNotRetriedInPlainText() {
        Registry client = new Registry(new ImageCache(folder.resolve("cache")), RegistryAccess.anonymous());

        PortolanException error = catchThrowableOfType(
                PortolanException.class, () -> client.push(archive, registry.image("busybox:2"), e -> {}));

        assertThat(error.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(error).hasMessageContaining("its certificate is not trusted");
    }
}

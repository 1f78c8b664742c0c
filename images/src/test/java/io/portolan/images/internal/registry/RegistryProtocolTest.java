package io.portolan.images.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.images.internal.archive.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real registry of this machine does not do: tokens, redirects, throttling, wrong content. */
class RegistryProtocolTest {
    private static final String MANIFEST = "{\"schemaVersion\":2,\"mediaType\":\"" + Manifest.DOCKER_MANIFEST + "\"}";

    @TempDir
    private Path folder;

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private String host;
    private Optional<RegistryCredentials> credentials = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host = "127.0.0.1:" + server.getAddress().getPort();
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            try (exchange) {
                answer.to(exchange);
            }
        });
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private RegistryClient client(String image) {
        HttpCalls plain = HttpCalls.ofMachine();
        return new RegistryClient(
                ImageReference.parse(host + "/" + image),
                new RegistryEndpoint(host, true, () -> credentials),
                new HttpCalls(plain.client(), Duration.ofSeconds(10)));
    }

    private void requireToken(String realm) {
        on("/v2/app/", exchange -> {
            if ("Bearer abc".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("Content-Type", Manifest.DOCKER_MANIFEST);
                say(exchange, 200, MANIFEST);
            } else {
                exchange.getResponseHeaders()
                        .set("WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"reg\",scope=\"x\"");
                say(exchange, 401, "");
            }
        });
    }

    @Test
    void token_isAskedForOnceWithCredentialsAndScope() {
        credentials = Optional.of(new RegistryCredentials("u", "p"));
        requireToken("http://" + host + "/token");
        on("/token", exchange -> say(exchange, 200, "{\"token\":\"abc\"}"));
        RegistryClient client = client("app:1");

        assertThat(client.manifest()).isPresent();
        assertThat(client.manifest()).isPresent();
        assertThat(seen)
                .filteredOn(s -> s.contains("/token"))
                .singleElement()
                .satisfies(s ->
                        assertThat(s).startsWith("GET /token?service=reg&scope=repository%3Aapp%3Apull Basic dTpw"));
    }

    @Test
    void identityToken_isExchangedByPost() {
        credentials = Optional.of(new RegistryCredentials("<token>", "refresh me"));
        requireToken("http://" + host + "/token");
        on("/token", exchange -> say(exchange, 200, "{\"access_token\":\"abc\"}"));

        assertThat(client("app:1").manifest()).isPresent();
        assertThat(seen)
                .anySatisfy(s -> assertThat(s)
                        .startsWith("POST /token null grant_type=refresh_token")
                        .contains("refresh_token=refresh+me"));
    }

    @Test
    void tokenServer_thatRefuses_isUnauthenticatedWithoutSecrets() {
        credentials = Optional.of(new RegistryCredentials("u", "hunter2"));
        requireToken("http://" + host + "/token");
        on("/token", exchange -> say(exchange, 401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"no\"}]}"));

        PortolanException error = failure("app:1");
        assertThat(error.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(error).hasMessageContaining("UNAUTHORIZED no");
        assertThat(error.getMessage()).doesNotContain("hunter2");
    }

    @Test
    void tokenServer_withoutTls_ofARemoteRegistry_getsNoCredentials() {
        RegistryLogin login = new RegistryLogin(
                new RegistryEndpoint("r.example", false, () -> Optional.of(new RegistryCredentials("u", "p"))),
                HttpCalls.ofMachine());

        PortolanException error = catchThrowableOfType(
                PortolanException.class,
                () -> login.answer(List.of("Bearer realm=\"http://" + host + "/token\""), "s", "lookup"));

        assertThat(error).hasMessageContaining("not reached by https");
        assertThat(seen).isEmpty();
    }

    @Test
    void redirectedBlob_isFetchedWithoutCredentials() throws IOException {
        credentials = Optional.of(new RegistryCredentials("u", "p"));
        String digest = Sha256.of("blob".getBytes(StandardCharsets.UTF_8));
        on("/v2/app/", exchange -> {
            if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
                say(exchange, 401, "");
            } else {
                exchange.getResponseHeaders().set("Location", "http://" + host + "/storage");
                say(exchange, 307, "");
            }
        });
        on("/storage", exchange -> say(exchange, 200, "blob"));
        Path file = Files.writeString(folder.resolve("blob"), "longer than the blob");

        client("app:1").download(new Manifest.Descriptor("", digest, 4), file);

        assertThat(file).hasContent("blob");
        assertThat(seen).last().satisfies(s -> assertThat(s).startsWith("GET /storage null"));
    }

    @Test
    void wrongContent_isNeverTaken() {
        on("/v2/app/", exchange -> say(exchange, 200, "other"));
        Manifest.Descriptor wanted = new Manifest.Descriptor("", "sha256:" + "1".repeat(64), 5);

        assertThat(catchThrowableOfType(
                        PortolanException.class, () -> client("app:1").download(wanted, folder.resolve("blob"))))
                .hasMessageContaining("gave other content");
        assertThat(catchThrowableOfType(
                        PortolanException.class,
                        () -> client("app@" + wanted.digest()).manifest()))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "401,UNAUTHENTICATED",
        "403,PERMISSION_DENIED",
        "429,THROTTLED",
        "500,PROVIDER_ERROR",
        "503,UNAVAILABLE",
        "400,FAILED"
    })
    void status_becomesCode(int status, ErrorCode code) {
        on("/v2/app/", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            say(exchange, status, "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"slow down\"}]}");
        });

        PortolanException error = failure("app:1");
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.nativeCode()).contains(Integer.toString(status));
        assertThat(error.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(error).hasMessageContaining("TOOMANYREQUESTS slow down").hasMessageContaining(host);
    }

    private PortolanException failure(String image) {
        return catchThrowableOfType(PortolanException.class, () -> client(image).manifest());
    }

    @Test
    void index_givesTheImageOfTheArchitecture() {
        String config = "{\"architecture\":\"arm64\",\"os\":\"linux\"}";
        String member = "{\"schemaVersion\":2,\"mediaType\":\"" + Manifest.DOCKER_MANIFEST
                + "\",\"config\":{\"digest\":\"" + digest(config) + "\"},\"layers\":[]}";
        String index = "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                + "{\"digest\":\"sha256:0\",\"platform\":{\"os\":\"linux\",\"architecture\":\"s390x\"}},"
                + "{\"digest\":\"sha256:9\",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}},"
                + "{\"digest\":\"" + digest(member)
                + "\",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}}]}";
        on("/v2/app/manifests/1", exchange -> say(exchange, 200, index));
        on("/v2/app/manifests/sha256", exchange -> say(exchange, 200, member));

        var found = new ArchivePull(client("app:1"), Architecture.ARM64).find().orElseThrow();
        assertThat(found.digest()).isEqualTo(digest(index));
        assertThat(found.imageId()).isEqualTo(digest(config));

        PortolanException error = catchThrowableOfType(
                PortolanException.class, () -> new ArchivePull(client("app:1"), Architecture.AMD64).find());
        assertThat(error)
                .hasMessageContaining("for linux/s390x, linux/arm64 only")
                .hasMessageContaining("attestations");
    }

    private static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,true",
        "localhost:5000,true",
        "127.0.0.1:5000,true",
        "127.1.2.3,true",
        "[::1]:5000,true",
        "localhost.example,false",
        "127.0.0.1.example,false",
        "10.0.0.1:5000,false",
        "docker.io,false"
    })
    void loopback_isToldByName(String registry, boolean loopback) {
        assertThat(RegistryEndpoint.isLoopback(registry)).isEqualTo(loopback);
    }
}

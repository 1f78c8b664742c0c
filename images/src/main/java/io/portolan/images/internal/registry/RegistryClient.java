package io.portolan.images.internal.registry;

import io.portolan.error.PortolanException;
import io.portolan.image.ImageReference;
import io.portolan.images.internal.archive.Sha256;
import io.portolan.images.internal.registry.Manifest.Descriptor;
import io.portolan.images.internal.registry.RegistryTransport.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Blobs and manifests of one repository. Every digest is checked. Blocking; thread-safe; no retries (core owns them).
 *
 * <p>Source: github.com/opencontainers/distribution-spec, spec.md, v1.1 (2026-11).
 */
public final class RegistryClient {
    private final ImageReference reference;
    private final RegistryTransport transport;

    /**
     * A client.
     *
     * @param reference the repository; the default of tag or digest for manifests
     * @param endpoint where its registry is
     * @param http how to send
     */
    public RegistryClient(ImageReference reference, RegistryEndpoint endpoint, HttpCalls http) {
        this.reference = reference;
        this.transport = new RegistryTransport(endpoint, http);
    }

    ImageReference reference() {
        return reference;
    }

    /**
     * The digest that the reference has now.
     *
     * @return empty if the registry has no such image
     */
    public Optional<String> digest() {
        Call call = manifestCall("HEAD", tagOrDigest(), "lookup of " + reference);
        HttpResponse<byte[]> answer = transport.send(call);
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw transport.error(call, answer);
        }
        Optional<String> header = answer.headers().firstValue("Docker-Content-Digest");
        return header.isPresent() ? header : manifest(tagOrDigest()).map(Manifest::digest);
    }

    Optional<Manifest> manifest() {
        return manifest(tagOrDigest());
    }

    Optional<Manifest> manifest(String tagOrDigest) {
        Call call = manifestCall("GET", tagOrDigest, "lookup of " + reference);
        HttpResponse<byte[]> answer = transport.send(call);
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw transport.error(call, answer);
        }
        try {
            Manifest manifest =
                    Manifest.parse(answer.headers().firstValue("Content-Type").orElse(""), answer.body());
            if (tagOrDigest.startsWith("sha256:") && !manifest.digest().equals(tagOrDigest)) {
                throw transport.broken(call, "gave a manifest of digest " + manifest.digest() + " for " + tagOrDigest);
            }
            return Optional.of(manifest);
        } catch (IOException e) {
            throw transport.broken(call, "gave a manifest that is no JSON");
        }
    }

    private Call manifestCall(String method, String tagOrDigest, String what) {
        return new Call(method, path("manifests/" + tagOrDigest), scope("pull"), what)
                .with(Map.of("Accept", Manifest.ACCEPT), HttpRequest.BodyPublishers::noBody);
    }

    /** A small blob, such as a configuration. */
    byte[] blob(Descriptor descriptor) {
        Call call = blobCall("GET", descriptor.digest());
        HttpResponse<byte[]> answer = transport.send(call);
        if (answer.statusCode() != 200) {
            throw transport.error(call, answer);
        }
        if (!Sha256.of(answer.body()).equals(descriptor.digest())) {
            throw transport.broken(call, "gave other content than that of " + descriptor.digest());
        }
        return answer.body();
    }

    void download(Descriptor descriptor, Path file) {
        Call call = blobCall("GET", descriptor.digest());
        HttpResponse<byte[]> answer = transport.download(call, file);
        if (answer.statusCode() != 200) {
            throw transport.error(call, answer);
        }
        try {
            if (!Sha256.of(file).equals(descriptor.digest())) {
                throw transport.broken(call, "gave other content than that of " + descriptor.digest());
            }
        } catch (IOException e) {
            throw RegistryErrors.local(call.what(), e);
        }
    }

    boolean has(String digest) {
        Call call = blobCall("HEAD", digest);
        HttpResponse<byte[]> answer = transport.send(call);
        if (answer.statusCode() == 200) {
            return true;
        }
        if (answer.statusCode() == 404) {
            return false;
        }
        throw transport.error(call, answer);
    }

    private Call blobCall(String method, String digest) {
        return new Call(method, path("blobs/" + digest), scope("pull"), "transfer of " + reference);
    }

    /**
     * Uploads a blob, unless the registry takes it over from another of its repositories.
     *
     * @param from that repository, or null
     * @return false if it was taken over and the file was not needed
     */
    boolean upload(String digest, BlobSource blob, @Nullable String from) {
        String scope = from == null ? scope("pull,push") : scope("pull,push") + " repository:" + from + ":pull";
        String what = "push of " + reference;
        String query =
                from == null ? "" : "?mount=" + digest + "&from=" + URLEncoder.encode(from, StandardCharsets.UTF_8);
        Call start = new Call("POST", path("blobs/uploads/") + query, scope, what);
        HttpResponse<byte[]> begun = transport.send(start);
        if (from != null && begun.statusCode() == 201) {
            return false;
        }
        if (begun.statusCode() != 202) {
            throw transport.error(start, begun);
        }
        try {
            Path file = blob.file();
            Call send = new Call("PATCH", transport.location(start, begun), scope, what)
                    .with(Map.of("Content-Type", "application/octet-stream"), () -> publisher(file));
            HttpResponse<byte[]> sent = transport.send(send);
            expectSuccess(send, sent);
            String end = transport.location(send, sent);
            end += (end.contains("?") ? "&" : "?") + "digest=" + URLEncoder.encode(digest, StandardCharsets.UTF_8);
            Call finish = new Call("PUT", end, scope, what);
            expectSuccess(finish, transport.send(finish));
            return true;
        } catch (UncheckedIOException e) {
            throw RegistryErrors.local(what, new IOException(e));
        } catch (IOException e) {
            throw RegistryErrors.local(what, e);
        }
    }

    /** Makes the content of a blob when it turns out that it has to be sent. */
    @FunctionalInterface
    interface BlobSource {
        Path file() throws IOException;
    }

    private static HttpRequest.BodyPublisher publisher(Path file) {
        try {
            if (Files.size(file) == 0) {
                return HttpRequest.BodyPublishers.noBody();
            }
            return HttpRequest.BodyPublishers.ofFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a manifest; returns its digest, which the registry must agree with. */
    String put(Manifest manifest, String tagOrDigest) {
        Call call = new Call("PUT", path("manifests/" + tagOrDigest), scope("pull,push"), "push of " + reference)
                .with(
                        Map.of("Content-Type", manifest.mediaType()),
                        () -> HttpRequest.BodyPublishers.ofByteArray(manifest.bytes()));
        HttpResponse<byte[]> answer = transport.send(call);
        expectSuccess(call, answer);
        String stored = answer.headers().firstValue("Docker-Content-Digest").orElse(manifest.digest());
        if (!stored.equals(manifest.digest())) {
            throw transport.broken(call, "stored digest " + stored + " for a manifest of " + manifest.digest());
        }
        return manifest.digest();
    }

    private void expectSuccess(Call call, HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw transport.error(call, answer);
        }
    }

    PortolanException broken(String what, String why) {
        return RegistryErrors.broken(reference.registry(), what, why);
    }

    String tagOrDigest() {
        return reference.digest().or(reference::tag).orElse("latest");
    }

    private String path(String rest) {
        return "/v2/" + reference.repository() + "/" + rest;
    }

    private String scope(String actions) {
        return "repository:" + reference.repository() + ":" + actions;
    }
}

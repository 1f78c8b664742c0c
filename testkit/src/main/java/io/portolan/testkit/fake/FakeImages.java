package io.portolan.testkit.fake;

import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The images that can be run, by name and by digest. Thread-safe. */
final class FakeImages {
    private final Map<String, FakeImage> byName = new LinkedHashMap<>();
    private final Map<String, FakeImage> byDigest = new LinkedHashMap<>();

    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    synchronized void program(ImageReference reference, FakeProgram program) {
        FakeImage known = byName.get(name(reference));
        put(
                known == null
                        ? new FakeImage(
                                new Image(reference, sha256("image " + reference), Architecture.AMD64, null),
                                program,
                                FakeImage.Content.NONE)
                        : new FakeImage(known.image(), program, known.content()));
    }

    synchronized void put(FakeImage image) {
        ImageReference reference = image.image().reference();
        if (reference.tag().isPresent()) {
            byName.put(name(reference), image);
        }
        image.image().digest().ifPresent(digest -> byDigest.put(digest, image));
    }

    synchronized Optional<FakeImage> find(ImageReference reference) {
        return Optional.ofNullable(
                reference.digest().isPresent() ? byDigest.get(reference.digest().get()) : byName.get(name(reference)));
    }

    private static String name(ImageReference reference) {
        return reference.name() + ":" + reference.tag().orElse("latest");
    }
}

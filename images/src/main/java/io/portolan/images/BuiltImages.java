package io.portolan.images;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images that were built on this machine and that no engine holds: archives by id, and names that point to ids. On disk, so that one
 * process can build and another publish. Thread-safe; processes may share it.
 */
final class BuiltImages {
    private static final Pattern RECORD = Pattern.compile("(sha256:[0-9a-f]{64}) (amd64|arm64)\n");

    private final ImageCache cache;

    BuiltImages(ImageCache cache) {
        this.cache = cache;
    }

    /** A file of this cache that an archive can be made in, to be kept by {@link #add}. */
    Path begin() {
        try {
            return Files.createTempFile(cache.folder("built"), ".image", ".tar");
        } catch (IOException e) {
            throw failure("image archive", e);
        }
    }

    /** Keeps an archive and names it. */
    void add(Image image, Path archive) {
        try {
            Files.move(archive, file(image.id()), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure(image.reference().toString(), e);
        }
        name(image.reference(), image);
    }

    /** Gives a kept image a name, which it may have had, or another image. */
    void name(ImageReference name, Image image) {
        try {
            Path whole = Files.createTempFile(cache.folder("built"), ".name", "");
            Files.writeString(whole, image.id() + " " + image.architecture().ociName() + "\n");
            Files.move(whole, file(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure(name.toString(), e);
        }
    }

    /** The image of a name, if its archive is still there. */
    Optional<Image> find(ImageReference name) {
        Path file = file(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Matcher matcher = RECORD.matcher(Files.readString(file));
            if (!matcher.matches()) {
                return Optional.empty();
            }
            Architecture architecture = matcher.group(2).equals("arm64") ? Architecture.ARM64 : Architecture.AMD64;
            Image image = new Image(name, matcher.group(1), architecture, null);
            return archive(image).map(found -> image);
        } catch (IOException e) {
            throw failure(name.toString(), e);
        }
    }

    /** The archive of an image. */
    Optional<Path> archive(Image image) {
        return Optional.of(file(image.id())).filter(Files::exists);
    }

    private Path file(String id) {
        String digits = id.substring(id.indexOf(':') + 1);
        if (!digits.matches("[0-9a-f]{64}")) {
            throw new PortolanException(
                    ErrorCode.INVALID_ARGUMENT,
                    "image id was '" + id
                            + "' but must be sha256: and 64 hex digits; pass an image as a build gave it");
        }
        return cache.folder("built").resolve(digits + ".tar");
    }

    private Path file(ImageReference name) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(name.toString().getBytes(StandardCharsets.UTF_8));
            return cache.folder("built").resolve(HexFormat.of().formatHex(hash) + ".name");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PortolanException failure(String subject, IOException cause) {
        return PortolanException.builder(
                        ErrorCode.FAILED,
                        "'" + subject + "' cannot be kept on this machine: " + cause
                                + "; check free disk space and permissions")
                .resource(subject)
                .cause(cause)
                .build();
    }
}

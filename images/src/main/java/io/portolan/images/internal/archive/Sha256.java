package io.portolan.images.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests in the form {@code sha256:...}. */
public final class Sha256 {
    private Sha256() {}

    /**
     * A fresh digest.
     *
     * @return SHA-256
     */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Ends a digest.
     *
     * @param digest one that was fed
     * @return {@code sha256:} and 64 hex digits
     */
    public static String end(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /**
     * The digest of bytes.
     *
     * @param bytes the content
     * @return its digest
     */
    public static String of(byte[] bytes) {
        MessageDigest digest = start();
        digest.update(bytes);
        return end(digest);
    }

    /**
     * The digest of a file.
     *
     * @param file the file
     * @return its digest
     * @throws IOException if it cannot be read
     */
    public static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return copy(in, OutputStream.nullOutputStream());
        }
    }

    /**
     * Copies a stream.
     *
     * @param in read to its end, not closed
     * @param out written, not closed
     * @return the digest of what was copied
     * @throws IOException if either fails
     */
    public static String copy(InputStream in, OutputStream out) throws IOException {
        MessageDigest digest = start();
        new DigestInputStream(in, digest).transferTo(out);
        return end(digest);
    }

    /**
     * The hex digits of a digest, for file names.
     *
     * @param digest {@code sha256:...}
     * @return what follows the colon
     */
    public static String hex(String digest) {
        return digest.substring(digest.indexOf(':') + 1);
    }
}

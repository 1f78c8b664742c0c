package io.portolan.aws.internal.definition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A document as tags: compressed, as text, in pieces of a tag's length. Pure. */
public final class DocumentTags {
    /** What the names of the tags begin with. */
    public static final String PREFIX = "portolan:doc-";

    /** Longest value of a tag. Source: ECS API, Tag.value (2026-08). */
    private static final int LONGEST = 256;

    /** A tag can be written by anyone: a document that unpacks to more is none of ours. */
    private static final int MOST_BYTES = 1 << 20;

    private DocumentTags() {}

    /**
     * A document as tags.
     *
     * @param document any text
     * @return names to values, in the order of the pieces
     */
    public static Map<String, String> encode(String document) {
        String text = packed(document);
        Map<String, String> tags = new LinkedHashMap<>();
        for (int at = 0; at < text.length(); at += LONGEST) {
            tags.put(
                    "%s%02d".formatted(PREFIX, tags.size()), text.substring(at, Math.min(text.length(), at + LONGEST)));
        }
        return tags;
    }

    /**
     * The document that was made to tags.
     *
     * @param tags all tags of an object; others than those of a document do not matter
     * @return the document
     * @throws IllegalArgumentException if there is none, or a part is missing or changed
     */
    public static String decode(Map<String, String> tags) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(tags).forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                text.append(value);
            }
        });
        if (text.isEmpty()) {
            throw new IllegalArgumentException("there is no tag " + PREFIX + "00, which holds the document");
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(Base64.getUrlDecoder().decode(text.toString()));
            byte[] bytes = new byte[MOST_BYTES];
            int length = inflater.inflate(bytes);
            if (!inflater.finished()) {
                throw new IllegalArgumentException("a tag " + PREFIX + "* is missing or was shortened");
            }
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a tag " + PREFIX + "* was changed", e);
        } finally {
            inflater.end();
        }
    }

    /**
     * Whether a document fits beside other tags.
     *
     * @param document any text
     * @param otherTags how many tags the object has besides
     * @return true if there are at most {@link Labels#MOST} in all
     */
    public static boolean fits(String document, int otherTags) {
        int pieces = (packed(document).length() - 1) / LONGEST + 1;
        return pieces + otherTags <= Labels.MOST && document.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    private static String packed(String document) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            byte[] plain = document.getBytes(StandardCharsets.UTF_8);
            deflater.setInput(plain);
            deflater.finish();
            byte[] bytes = new byte[plain.length + plain.length / 100 + 64];
            int length = deflater.deflate(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, length));
        } finally {
            deflater.end();
        }
    }
}

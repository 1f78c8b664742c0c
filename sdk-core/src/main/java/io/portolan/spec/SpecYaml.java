package io.portolan.spec;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.internal.text.YamlParser;
import io.portolan.internal.text.YamlWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Specs as YAML documents, so that a spec can live in a file. The form of the documents is in {@code docs/spec-files.md} and, for editors,
 * in the JSON Schema {@code io/portolan/spec/portolan-spec.schema.json} of this jar.
 *
 * <p>Documents are text that nobody vouches for: more than a mebibyte, deep nesting, aliases, tags and names that stand twice are refused.
 * Secrets are never in a document, as they are never in a spec.
 */
public final class SpecYaml {
    private static final int MAX_BYTES = 4 * YamlParser.MAX_CHARACTERS;

    private SpecYaml() {}

    /**
     * Reads a document.
     *
     * @param document YAML
     * @return a {@link JobSpec} or a {@link ServiceSpec}; options of providers are {@link NamedOptions}
     * @throws InvalidSpecException with everything that is wrong, each with its path; not retryable
     */
    public static WorkloadSpec read(String document) {
        return new SpecReader("spec document").read(document);
    }

    /**
     * Reads a file.
     *
     * @param file YAML in UTF-8
     * @return as above
     * @throws InvalidSpecException as above, also if the file cannot be read
     */
    public static WorkloadSpec read(Path file) {
        String subject = "spec file " + file;
        try (InputStream content = Files.newInputStream(file)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.readNBytes(MAX_BYTES + 1));
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return new SpecReader(subject).read(text);
        } catch (CharacterCodingException e) {
            throw unreadable(subject, "must be text in UTF-8", "save it as UTF-8", e);
        } catch (IOException e) {
            throw unreadable(subject, "must be a file that can be read", "check that it exists and may be read", e);
        }
    }

    private static InvalidSpecException unreadable(String subject, String rule, String fix, IOException cause) {
        return new InvalidSpecException(
                subject, List.of(new Violation("document", cause.getClass().getSimpleName(), rule, fix)));
    }

    /**
     * The document of a spec. Fields that have their defaults are left out. {@link #read(String)} gives an equal spec, but for options of a
     * provider's own class, which become {@link NamedOptions} with the same settings.
     *
     * @param spec a job or a service
     * @return YAML, in the order of the schema
     * @throws InvalidSpecException if the document would be longer than can be read
     */
    public static String write(WorkloadSpec spec) {
        String document = YamlWriter.write(SpecTree.of(spec));
        if (document.length() > YamlParser.MAX_CHARACTERS) {
            throw new InvalidSpecException(
                    spec.name(),
                    List.of(new Violation(
                            "document",
                            document.length() + " characters",
                            "must be at most " + YamlParser.MAX_CHARACTERS + " characters",
                            "shorten arguments and environment variables, for example by a file in a volume")));
        }
        return document;
    }

    /**
     * Every field of a spec by its path, as {@code resources.cpu} or {@code args[0]}: what two specs are compared by. Unlike in a document,
     * fields that have their defaults are there.
     *
     * @param spec a job or a service
     * @return path to text, in the order of the schema
     */
    public static Map<String, String> fields(WorkloadSpec spec) {
        return Collections.unmodifiableMap(SpecTree.fields(spec));
    }

    /**
     * The identity of what a spec says. Equal specs have equal hashes, in every version of this library; different ones practically never.
     *
     * @param spec a job or a service
     * @return 16 lower-case hex digits: the first 8 bytes of the SHA-256 of the document with all names sorted
     */
    public static String hash(WorkloadSpec spec) {
        byte[] canonical = YamlWriter.write(SpecTree.sorted(SpecTree.of(spec))).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

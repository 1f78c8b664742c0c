package io.portolan.aws.internal.record;

import io.portolan.aws.internal.definition.DocumentTags;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.spi.ExecutionRecord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The record of an execution as the tags of its log group. Pure. */
final class RecordTags {
    /** The value of {@link Labels#KIND}. */
    static final String EXECUTION_KIND = "execution";

    static final String TASKS = "portolan:tasks";
    static final String CREATED_AT = "portolan:created-at";
    static final String NONCE = "portolan:nonce";

    /** When the user cancelled; there only then. */
    static final String CANCELLED = "portolan:cancelled";

    /** Besides the document: eight that are there from the start, the nonce, and the one of a cancel. */
    private static final int OTHERS = 10;

    private RecordTags() {}

    static Map<String, String> encode(ExecutionRecord record, String nonce, String application) {
        if (!DocumentTags.fits(record.spec(), OTHERS)) {
            throw PortolanException.builder(
                            ErrorCode.INVALID_ARGUMENT,
                            "the spec of job '" + record.job()
                                    + "' is too long to be kept with the execution (about 7 kB when compressed); put long values into a file or a secret")
                    .provider(ProviderId.AWS.value())
                    .resource(record.id().value())
                    .build();
        }
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(Labels.MANAGED_BY, Labels.PORTOLAN);
        tags.put(Labels.APPLICATION, application);
        tags.put(Labels.KIND, EXECUTION_KIND);
        tags.put(Labels.NAME, record.job());
        tags.put(Labels.EXECUTION, record.id().value());
        tags.put(Labels.SPEC_HASH, record.specHash());
        tags.put(TASKS, Integer.toString(record.tasks()));
        tags.put(CREATED_AT, record.createdAt().toString());
        tags.put(NONCE, nonce);
        tags.putAll(DocumentTags.encode(record.spec()));
        return tags;
    }

    /** Empty if the group is not one of this SDK's, of another application, or was changed by hand. */
    static Optional<StoredRecord> decode(Map<String, String> tags, String application, String arn) {
        String id = tags.get(Labels.EXECUTION);
        String job = tags.get(Labels.NAME);
        String hash = tags.get(Labels.SPEC_HASH);
        String createdAt = tags.get(CREATED_AT);
        if (!Labels.PORTOLAN.equals(tags.get(Labels.MANAGED_BY))
                || !application.equals(tags.get(Labels.APPLICATION))
                || id == null
                || job == null
                || hash == null
                || createdAt == null) {
            return Optional.empty();
        }
        try {
            ExecutionRecord record = new ExecutionRecord(
                    ExecutionId.of(id),
                    job,
                    hash,
                    Integer.parseInt(tags.getOrDefault(TASKS, "1")),
                    DocumentTags.decode(tags),
                    Instant.parse(createdAt),
                    tags.containsKey(CANCELLED));
            return Optional.of(new StoredRecord(record, tags.getOrDefault(NONCE, ""), arn, false));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

package io.portolan.aws.internal.record;

import io.portolan.spi.ExecutionRecord;
import java.util.Objects;

/**
 * A record as CloudWatch Logs keeps it.
 *
 * @param record the record
 * @param nonce what tells it from an earlier record of the same id that was deleted: ECS remembers tokens and stopped tasks for longer
 * @param arn the ARN of its log group, without a star at the end
 * @param isNew whether this very call made it
 */
public record StoredRecord(ExecutionRecord record, String nonce, String arn, boolean isNew) {
    /** Checks for null. */
    public StoredRecord {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(nonce, "nonce");
        Objects.requireNonNull(arn, "arn");
    }
}

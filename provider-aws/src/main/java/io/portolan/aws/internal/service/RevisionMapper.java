package io.portolan.aws.internal.service;

import io.portolan.aws.internal.definition.DocumentTags;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.aws.internal.definition.TaskDefinitionMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Revisions as tagged task definitions, and back. Pure. */
final class RevisionMapper {
    /** The tag that says what became of a revision. */
    static final String OUTCOME = "portolan:outcome";

    private RevisionMapper() {}

    /**
     * The definition of a revision.
     *
     * @throws IllegalArgumentException if the document does not fit into the tags
     */
    static RegisterTaskDefinitionRequest request(
            RegisterTaskDefinitionRequest definition, int number, String specHash, String document) {
        Map<String, String> tags = new LinkedHashMap<>(Labels.of(definition.tags()));
        tags.put(Labels.REVISION, Integer.toString(number));
        tags.put(Labels.SPEC_HASH, specHash);
        // One is left for the outcome.
        if (!DocumentTags.fits(document, tags.size() + 1)) {
            throw new IllegalArgumentException(
                    "spec was too long for the tags of a task definition, where it is kept for a"
                            + " rollback; use fewer labels, or move long values of env into the image or a secret");
        }
        tags.putAll(DocumentTags.encode(document));
        return definition.toBuilder().tags(Labels.tags(tags)).build();
    }

    /** Empty for a definition that is no revision, or whose tags someone changed. */
    static Optional<Revision> of(TaskDefinition definition, List<Tag> tagList) {
        Map<String, String> tags = Labels.of(tagList);
        String number = tags.get(Labels.REVISION);
        if (number == null || !number.matches("\\d{1,9}")) {
            return Optional.empty();
        }
        String document;
        try {
            document = DocumentTags.decode(tags);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(new Revision(
                definition.taskDefinitionArn(),
                Integer.parseInt(number),
                tags.getOrDefault(Labels.SPEC_HASH, ""),
                tags.getOrDefault(Labels.CONTENT_HASH, ""),
                document,
                Objects.requireNonNullElse(definition.registeredAt(), Instant.EPOCH),
                outcome(tags.get(OUTCOME)),
                isChecked(definition)));
    }

    private static Revision.Outcome outcome(@Nullable String text) {
        if (text == null) {
            return Revision.Outcome.OPEN;
        }
        return text.equals("good") ? Revision.Outcome.GOOD : Revision.Outcome.FAILED;
    }

    /** The tag for an outcome. */
    static Tag tag(Revision.Outcome outcome) {
        return Tag.builder()
                .key(OUTCOME)
                .value(outcome == Revision.Outcome.GOOD ? "good" : "failed")
                .build();
    }

    private static boolean isChecked(TaskDefinition definition) {
        return definition.containerDefinitions().stream()
                .anyMatch(c -> TaskDefinitionMapper.CONTAINER.equals(c.name()) && c.healthCheck() != null);
    }
}

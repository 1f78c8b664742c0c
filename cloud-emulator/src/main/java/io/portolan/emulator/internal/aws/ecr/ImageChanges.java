package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Puts and removes images. */
final class ImageChanges {
    private final Repositories repositories;
    private final Images images;

    ImageChanges(Repositories repositories, Images images) {
        this.repositories = repositories;
        this.images = images;
    }

    Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of("PutImage", this::put, "BatchDeleteImage", this::delete);
    }

    private ObjectNode put(ObjectNode input) {
        Repository repository = repositories.find(input);
        String body = input.path("imageManifest").asText();
        String mediaType = input.path("imageManifestMediaType").asText(Manifest.mediaTypeIn(body));
        if (mediaType.isEmpty()) {
            throw EcrErrors.invalid("imageManifestMediaType", "must be given, since the manifest does not tell");
        }
        Manifest manifest = Manifest.of(mediaType, body);
        ImageId id = ImageId.of(input);
        if (id.digest() != null && !id.digest().equals(manifest.digest())) {
            throw EcrErrors.of(
                    "ImageDigestDoesNotMatchException",
                    "The provided digest '" + id.digest() + "' does not match " + manifest.digest());
        }
        ImageId target = new ImageId(null, id.tag() == null ? manifest.digest() : id.tag());
        Optional<TaggedImage> present = images.find(repository.name(), target);
        if (present.isPresent()) {
            if (present.get().digest().equals(manifest.digest())) {
                throw EcrErrors.imageExists(repository.name());
            }
            if (id.tag() != null && !repository.mutability().mayMove(id.tag())) {
                throw EcrErrors.tagExists(repository.name(), id.tag());
            }
        }
        images.put(repository.name(), id.tag() == null ? manifest.digest() : id.tag(), manifest);
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.set("image", ImageOperations.view(repository, manifest, id.tag()));
        return output;
    }

    private ObjectNode delete(ObjectNode input) {
        String repository = repositories.find(input).name();
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode removed = output.putArray("imageIds");
        ArrayNode failures = output.putArray("failures");
        for (JsonNode node : input.path("imageIds")) {
            ImageId id = ImageId.of(node);
            Optional<TaggedImage> image = images.find(repository, id);
            if (image.isEmpty()) {
                failures.add(ImageOperations.failure(id));
            } else {
                delete(repository, image.get(), id).forEach(gone -> removed.add(gone.view()));
            }
        }
        return output;
    }

    private List<ImageId> delete(String repository, TaggedImage image, ImageId id) {
        String tag = id.tag();
        if (tag != null) {
            images.untag(repository, image, tag);
            return List.of(new ImageId(image.digest(), tag));
        }
        images.remove(repository, image);
        if (image.tags().isEmpty()) {
            return List.of(new ImageId(image.digest(), null));
        }
        return image.tags().stream()
                .map(each -> new ImageId(image.digest(), each))
                .toList();
    }
}

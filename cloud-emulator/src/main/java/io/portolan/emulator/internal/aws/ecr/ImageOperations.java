package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tells of images. */
final class ImageOperations {
    private static final int PAGE = 100;

    private final Repositories repositories;
    private final Images images;

    ImageOperations(Repositories repositories, Images images) {
        this.repositories = repositories;
        this.images = images;
    }

    Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of("DescribeImages", this::describe, "ListImages", this::list, "BatchGetImage", this::get);
    }

    private ObjectNode describe(ObjectNode input) {
        String repository = repositories.find(input).name();
        JsonNode ids = input.path("imageIds");
        if (ids.isArray() && (input.has("nextToken") || input.has("maxResults"))) {
            throw AwsError.invalidParameter("nextToken and maxResults cannot be used with imageIds.");
        }
        List<TaggedImage> matching = new ArrayList<>();
        if (ids.isArray()) {
            for (JsonNode node : ids) {
                ImageId id = ImageId.of(node);
                matching.add(images.find(repository, id).orElseThrow(() -> EcrErrors.imageNotFound(repository, id)));
            }
        } else if (wantsTagged(input)) {
            matching.addAll(images.of(repository));
        }
        Page<TaggedImage> page =
                Page.of(matching, TaggedImage::digest, size(input, matching.size()), input.path("nextToken"));
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode details = output.putArray("imageDetails");
        page.items().forEach(image -> details.add(detail(repository, image)));
        page.putNext(output, "nextToken");
        return output;
    }

    private ObjectNode list(ObjectNode input) {
        String repository = repositories.find(input).name();
        List<ImageId> ids = new ArrayList<>();
        if (wantsTagged(input)) {
            for (TaggedImage image : images.of(repository)) {
                image.tags().forEach(tag -> ids.add(new ImageId(image.digest(), tag)));
            }
        }
        Page<ImageId> page = Page.of(ids, ImageId::toString, size(input, PAGE), input.path("nextToken"));
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode views = output.putArray("imageIds");
        page.items().forEach(id -> views.add(id.view()));
        page.putNext(output, "nextToken");
        return output;
    }

    private ObjectNode get(ObjectNode input) {
        Repository repository = repositories.find(input);
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode found = output.putArray("images");
        ArrayNode failures = output.putArray("failures");
        for (JsonNode node : input.path("imageIds")) {
            ImageId id = ImageId.of(node);
            Optional<TaggedImage> image = images.find(repository.name(), id);
            if (image.isPresent()) {
                found.add(view(repository, image.get().manifest(), id.tag()));
            } else {
                failures.add(failure(id));
            }
        }
        return output;
    }

    /** An image as BatchGetImage and PutImage answer it. */
    static ObjectNode view(Repository repository, Manifest manifest, @Nullable String tag) {
        ObjectNode view = repository.head();
        view.set("imageId", new ImageId(manifest.digest(), tag).view());
        return view.put("imageManifest", manifest.body()).put("imageManifestMediaType", manifest.mediaType());
    }

    /** Why an image of a batch was left out. */
    static ObjectNode failure(ImageId id) {
        boolean empty = id.reference() == null;
        ObjectNode failure = JsonNodeFactory.instance.objectNode();
        failure.set("imageId", id.view());
        return failure.put("failureCode", empty ? "MissingDigestAndTag" : "ImageNotFound")
                .put(
                        "failureReason",
                        empty
                                ? "Invalid request parameters: both tag and digest are missing"
                                : "Requested image not found");
    }

    private ObjectNode detail(String repository, TaggedImage image) {
        ObjectNode detail = repositories.find(repository).head();
        detail.put("imageDigest", image.digest());
        if (!image.tags().isEmpty()) {
            ArrayNode tags = detail.putArray("imageTags");
            image.tags().forEach(tags::add);
        }
        detail.put("imageSizeInBytes", images.size(repository, image.manifest()));
        detail.put("imagePushedAt", Repository.seconds(images.pushed(repository, image.digest())));
        detail.put("imageManifestMediaType", image.manifest().mediaType());
        String artifact = image.manifest().artifactMediaType();
        if (!artifact.isEmpty()) {
            detail.put("artifactMediaType", artifact);
        }
        return detail.put("imageStatus", "ACTIVE");
    }

    /** Registries do not list images without tags. */
    private static boolean wantsTagged(ObjectNode input) {
        return !input.path("filter").path("tagStatus").asText().equals("UNTAGGED");
    }

    private static int size(ObjectNode input, int otherwise) {
        return input.path("maxResults").asInt(Math.max(otherwise, PAGE));
    }
}

package io.portolan.emulator.internal.aws.ecr;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The images of the store, without those that were removed where the store could not remove them. */
final class Images {
    private final ImageStore store;
    private final Clock clock;
    private final Set<Name> removed = new HashSet<>();
    private final Map<Name, Instant> firstSeen = new HashMap<>();

    Images(ImageStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** All images that have tags, by digest. */
    List<TaggedImage> of(String repository) {
        Map<String, TaggedImage> images = new TreeMap<>();
        for (String tag : store.tags(repository)) {
            Optional<Manifest> found = visible(repository, tag);
            if (found.isPresent()) {
                Manifest manifest = found.get();
                images.computeIfAbsent(manifest.digest(), key -> new TaggedImage(manifest, new ArrayList<>()))
                        .tags()
                        .add(tag);
            }
        }
        return List.copyOf(images.values());
    }

    /** The image that has the digest and the tag, as far as both are given. */
    Optional<TaggedImage> find(String repository, ImageId id) {
        String reference = id.reference();
        if (reference == null) {
            return Optional.empty();
        }
        return visible(repository, reference)
                .filter(manifest -> id.digest() == null || manifest.digest().equals(id.digest()))
                .map(manifest -> new TaggedImage(manifest, tagsOf(repository, manifest.digest())));
    }

    void put(String repository, String reference, Manifest manifest) {
        store.put(repository, reference, manifest);
        removed.remove(new Name(repository, reference, manifest.digest()));
        removed.remove(new Name(repository, manifest.digest(), manifest.digest()));
    }

    /** Removes an image and all its tags. Where the store keeps it, the same image stays unseen even if it is pushed again. */
    void remove(String repository, TaggedImage image) {
        if (store.delete(repository, image.digest())) {
            removed.removeIf(name ->
                    name.repository().equals(repository) && name.digest().equals(image.digest()));
        } else {
            image.tags().forEach(tag -> removed.add(new Name(repository, tag, image.digest())));
            removed.add(new Name(repository, image.digest(), image.digest()));
        }
    }

    /** Removes all images. Where the store keeps them, they are seen again if the repository is made again. */
    void removeAll(String repository) {
        of(repository).forEach(image -> store.delete(repository, image.digest()));
        removed.removeIf(name -> name.repository().equals(repository));
        firstSeen.keySet().removeIf(name -> name.repository().equals(repository));
    }

    /** Removes a tag, and its image with the last tag. */
    void untag(String repository, TaggedImage image, String tag) {
        if (image.tags().size() <= 1) {
            remove(repository, image);
        } else {
            removed.add(new Name(repository, tag, image.digest()));
        }
    }

    /** The size as the service counts it: of an index, the largest of its images. */
    long size(String repository, Manifest manifest) {
        long size = manifest.size();
        for (String child : manifest.children()) {
            size = Math.max(
                    size, store.find(repository, child).map(Manifest::size).orElse(0L));
        }
        return size;
    }

    /** When an image was pushed, as near as anyone has looked. */
    Instant pushed(String repository, String digest) {
        return firstSeen.computeIfAbsent(new Name(repository, digest, digest), key -> clock.instant());
    }

    private Optional<Manifest> visible(String repository, String reference) {
        return store.find(repository, reference)
                .filter(manifest -> !removed.contains(new Name(repository, reference, manifest.digest())));
    }

    private List<String> tagsOf(String repository, String digest) {
        return store.tags(repository).stream()
                .filter(tag -> visible(repository, tag)
                        .map(Manifest::digest)
                        .filter(digest::equals)
                        .isPresent())
                .toList();
    }

    /** What a reference led to. */
    private record Name(String repository, String reference, String digest) {}
}

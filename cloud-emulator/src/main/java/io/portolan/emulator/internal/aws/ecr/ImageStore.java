package io.portolan.emulator.internal.aws.ecr;

import java.util.List;
import java.util.Optional;

/** Where the images of all repositories are. */
interface ImageStore {
    /** The tags of a repository, sorted. */
    List<String> tags(String repository);

    /** The manifest of a tag or digest. */
    Optional<Manifest> find(String repository, String reference);

    /** Keeps a manifest under a tag or its digest. */
    void put(String repository, String reference, Manifest manifest);

    /** Removes a manifest and its tags. Returns false if the store does not remove things. */
    boolean delete(String repository, String digest);
}

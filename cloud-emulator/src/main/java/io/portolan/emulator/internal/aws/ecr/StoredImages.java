package io.portolan.emulator.internal.aws.ecr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Images in memory, of which there are only manifests. */
final class StoredImages implements ImageStore {
    private final Map<String, TreeMap<String, Manifest>> repositories = new HashMap<>();

    @Override
    public List<String> tags(String repository) {
        return of(repository).keySet().stream()
                .filter(key -> !key.contains(":"))
                .toList();
    }

    @Override
    public Optional<Manifest> find(String repository, String reference) {
        return Optional.ofNullable(of(repository).get(reference));
    }

    @Override
    public void put(String repository, String reference, Manifest manifest) {
        of(repository).put(reference, manifest);
        of(repository).put(manifest.digest(), manifest);
    }

    @Override
    public boolean delete(String repository, String digest) {
        of(repository).values().removeIf(manifest -> manifest.digest().equals(digest));
        return true;
    }

    private Map<String, Manifest> of(String repository) {
        return repositories.computeIfAbsent(repository, name -> new TreeMap<>());
    }
}

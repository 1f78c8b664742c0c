package io.portolan.run;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service at one moment.
 *
 * @param name the service
 * @param ready whether the serving revision has all the replicas it wants
 * @param uri where the outside reaches it, null if internal or not there yet; scheme {@code http}, {@code https} or {@code tcp}
 * @param internalAddress where other services of the application reach it, {@code host:port}
 * @param revisions known revisions, newest first
 * @param replicas all replicas, of all revisions
 */
public record ServiceStatus(
        String name,
        boolean ready,
        @Nullable URI uri,
        String internalAddress,
        List<RevisionStatus> revisions,
        List<ReplicaStatus> replicas) {
    /** Copies the lists. */
    public ServiceStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(internalAddress, "internalAddress");
        revisions = List.copyOf(revisions);
        replicas = List.copyOf(replicas);
    }

    /**
     * Where the outside reaches it.
     *
     * @return empty if the service is internal or not there yet
     */
    public Optional<URI> endpoint() {
        return Optional.ofNullable(uri);
    }

    /**
     * The revision that gets traffic.
     *
     * @return empty before the first good deployment
     */
    public Optional<RevisionStatus> serving() {
        return revisions.stream()
                .filter(r -> r.state() == RevisionStatus.State.SERVING)
                .findFirst();
    }
}

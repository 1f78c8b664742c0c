package io.portolan.gcp.internal.image;

import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.CleanupPolicy;
import com.google.devtools.artifactregistry.v1.CleanupPolicyCondition;
import com.google.devtools.artifactregistry.v1.CleanupPolicyMostRecentVersions;
import com.google.devtools.artifactregistry.v1.CreateRepositoryRequest;
import com.google.devtools.artifactregistry.v1.GetRepositoryRequest;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.longrunning.Operation;
import com.google.rpc.Code;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.Pace;
import io.portolan.id.ProviderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes repositories when they are first needed, because Artifact Registry takes no image without one. One that exists is left as it is.
 * Asks once per connection and repository. Thread-safe.
 */
final class ArtifactRepositories {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactRepositories.class);
    private static final Duration ASK = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String DELETE = "portolan-delete-old";
    private static final String KEEP = "portolan-keep-newest";

    private final Supplier<ArtifactRegistryClient> client;
    private final GcpCalls calls;
    private final Rules rules;
    private final Clock clock;
    private final Pace.Pause pause;
    private final Set<String> ensured = new HashSet<>();

    /**
     * What holds for a repository that is made.
     *
     * @param immutableTags whether a tag cannot be moved
     * @param keepImages how many versions of each image are kept, 0 for all
     * @param labels what marks it as made here
     */
    record Rules(boolean immutableTags, int keepImages, Map<String, String> labels) {
        Rules {
            labels = Map.copyOf(labels);
        }
    }

    ArtifactRepositories(
            Supplier<ArtifactRegistryClient> client, GcpCalls calls, Rules rules, Clock clock, Pace.Pause pause) {
        this.client = Objects.requireNonNull(client, "client");
        this.calls = Objects.requireNonNull(calls, "calls");
        this.rules = Objects.requireNonNull(rules, "rules");
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Makes a repository if there is none, and waits until it is there.
     *
     * @param parent {@code projects/P/locations/L}
     * @param id its short name
     */
    synchronized void ensure(String parent, String id) {
        String name = parent + "/repositories/" + id;
        if (ensured.contains(name)) {
            return;
        }
        if (!exists(name)) {
            create(parent, id, name);
        }
        ensured.add(name);
    }

    private boolean exists(String name) {
        GetRepositoryRequest request =
                GetRepositoryRequest.newBuilder().setName(name).build();
        try {
            calls.call(
                    "artifactregistry:GetRepository",
                    name,
                    () -> client.get().getRepositoryCallable().futureCall(request));
            return true;
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return false;
            }
            if (e.code() == ErrorCode.PERMISSION_DENIED) {
                LOG.debug("whether repository '{}' exists cannot be seen; the push will tell", name, e);
                return true;
            }
            throw e;
        }
    }

    private void create(String parent, String id, String name) {
        CreateRepositoryRequest request = CreateRepositoryRequest.newBuilder()
                .setParent(parent)
                .setRepositoryId(id)
                .setRepository(repository())
                .build();
        try {
            Operation operation = calls.call(
                    "artifactregistry:CreateRepository",
                    name,
                    () -> client.get().createRepositoryCallable().futureCall(request));
            checkNoError(operation, name);
            awaitExists(operation, name);
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.ALREADY_EXISTS) {
                throw e;
            }
            LOG.debug("another process was faster to make repository '{}'", name);
        }
    }

    private Repository repository() {
        Repository.Builder repository = Repository.newBuilder()
                .setFormat(Repository.Format.DOCKER)
                .setMode(Repository.Mode.STANDARD_REPOSITORY)
                .putAllLabels(rules.labels());
        if (rules.immutableTags()) {
            repository.setDockerConfig(
                    Repository.DockerRepositoryConfig.newBuilder().setImmutableTags(true));
        }
        if (rules.keepImages() > 0) {
            repository.putCleanupPolicies(DELETE, deleteAll()).putCleanupPolicies(KEEP, keepNewest());
        }
        return repository.build();
    }

    /** What a policy keeps wins over what another deletes. */
    private static CleanupPolicy deleteAll() {
        return CleanupPolicy.newBuilder()
                .setId(DELETE)
                .setAction(CleanupPolicy.Action.DELETE)
                .setCondition(CleanupPolicyCondition.newBuilder().setTagState(CleanupPolicyCondition.TagState.ANY))
                .build();
    }

    private CleanupPolicy keepNewest() {
        return CleanupPolicy.newBuilder()
                .setId(KEEP)
                .setAction(CleanupPolicy.Action.KEEP)
                .setMostRecentVersions(
                        CleanupPolicyMostRecentVersions.newBuilder().setKeepCount(rules.keepImages()))
                .build();
    }

    private static void checkNoError(Operation operation, String name) {
        if (operation.hasError() && operation.getError().getCode() != Code.ALREADY_EXISTS_VALUE) {
            throw failure(
                    ErrorCode.FAILED,
                    name,
                    "was not made: " + operation.getError().getMessage());
        }
    }

    /** Asks for the repository itself: who may make one may see it, but perhaps not the operation. */
    private void awaitExists(Operation operation, String name) {
        Instant end = clock.instant().plus(LIMIT);
        while (!operation.getDone() && !exists(name)) {
            if (!clock.instant().isBefore(end)) {
                throw failure(
                        ErrorCode.TIMEOUT,
                        name,
                        "is not there " + LIMIT.toMinutes() + " minutes after it was made; look at the operation "
                                + operation.getName());
            }
            try {
                pause.pause(ASK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure(ErrorCode.CANCELLED, name, "was not waited for: the thread was interrupted");
            }
        }
    }

    private static PortolanException failure(ErrorCode code, String name, String why) {
        return PortolanException.builder(code, "repository '" + name + "' " + why)
                .provider(ProviderId.GCP.value())
                .operation("artifactregistry:CreateRepository")
                .resource(name)
                .build();
    }
}

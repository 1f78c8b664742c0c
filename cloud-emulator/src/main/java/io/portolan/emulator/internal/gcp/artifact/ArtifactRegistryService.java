package io.portolan.emulator.internal.gcp.artifact;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.GcpError;
import io.portolan.emulator.internal.gcp.Operations;
import io.portolan.emulator.internal.gcp.Operations.Operation;
import io.portolan.emulator.internal.gcp.Pages;
import io.portolan.emulator.internal.gcp.RestRequest;
import io.portolan.emulator.internal.gcp.RestService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Artifact Registry, as far as it holds container images. */
public final class ArtifactRegistryService implements RestService {
    private static final String API = "google.devtools.artifactregistry.v1.";
    private static final int LARGEST_PAGE = 1000;

    private final GcpContext context;
    private final @Nullable RegistryImages images;
    private final Operations operations = new Operations();
    private final Map<String, ObjectNode> repositories = new TreeMap<>();

    /**
     * Without repositories.
     *
     * @param context with the lock and the clock
     * @param registry host and port of the registry that has the images, null if there is none
     */
    public ArtifactRegistryService(GcpContext context, @Nullable String registry) {
        this.context = context;
        this.images = registry == null ? null : new RegistryImages(registry);
    }

    @Override
    public String api() {
        return "artifactregistry";
    }

    @Override
    public ObjectNode call(RestRequest request) {
        String method = request.method();
        if (method.startsWith("artifactregistry.repositories.dockerImages.")) {
            return images(request);
        }
        return context.locked(() ->
                method.startsWith("artifactregistry.operations.") ? operations.call(request) : repositories(request));
    }

    private ObjectNode repositories(RestRequest request) {
        return switch (request.method()) {
            case "artifactregistry.repositories.create" -> create(request);
            case "artifactregistry.repositories.get" ->
                get(request.pathValue("name")).deepCopy();
            case "artifactregistry.repositories.list" -> list(request);
            case "artifactregistry.repositories.delete" -> delete(request);
            default -> throw unimplemented(request);
        };
    }

    private ObjectNode create(RestRequest request) {
        String id = request.queryValue("repositoryId");
        if (!id.matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw GcpError.invalid("Invalid repository_id \"" + id
                    + "\": it must begin with a letter and have letters, digits and hyphens only");
        }
        String name = request.pathValue("parent") + "/repositories/" + id;
        String format = request.body().path("format").asText("FORMAT_UNSPECIFIED");
        if (!format.equals("DOCKER")) {
            throw GcpError.invalid("The emulator has repositories of the format DOCKER only, not " + format);
        }
        if (repositories.containsKey(name)) {
            throw GcpError.exists("the repository already exists");
        }
        ObjectNode repository = request.body().deepCopy();
        repository.put("name", name);
        if (!repository.has("mode")) {
            repository.put("mode", "STANDARD_REPOSITORY");
        }
        repository.put("createTime", context.now());
        repository.put("updateTime", context.now());
        repository.put("registryUri", RepositoryName.parse(name).registryUri());
        // It counts from now on, so that two who create it at once do not both succeed.
        repositories.put(name, repository);
        return operation(request.pathValue("parent"), () -> Operations.typed(API + "Repository", repository));
    }

    private ObjectNode delete(RestRequest request) {
        String name = request.pathValue("name");
        get(name);
        repositories.remove(name);
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        String location = name.substring(0, name.indexOf("/repositories/"));
        return operation(location, () -> Operations.typed("google.protobuf.Empty", nothing));
    }

    private ObjectNode operation(String location, Supplier<ObjectNode> result) {
        ObjectNode metadata = Operations.typed(API + "OperationMetadata", JsonNodeFactory.instance.objectNode());
        Operation operation = operations.begin(location, () -> metadata);
        context.later(
                context.gcp().phase().plus(context.gcp().faults().slowOperations()),
                () -> operation.succeed(result.get()));
        return operation.view();
    }

    private ObjectNode list(RestRequest request) {
        String prefix = request.pathValue("parent") + "/repositories/";
        List<ObjectNode> found = repositories.values().stream()
                .filter(repository -> repository.path("name").asText().startsWith(prefix))
                .map(ObjectNode::deepCopy)
                .toList();
        return Pages.of("repositories", found, request, LARGEST_PAGE);
    }

    private ObjectNode get(String name) {
        ObjectNode found = repositories.get(name);
        if (found == null) {
            throw GcpError.notFound("Repository \"" + name + "\" not found");
        }
        return found;
    }

    /** Asks the registry without the lock, since it may be slow. */
    private ObjectNode images(RestRequest request) {
        boolean one = request.method().endsWith(".get");
        if (!one && !request.method().endsWith(".list")) {
            throw unimplemented(request);
        }
        String name = request.pathValue(one ? "name" : "parent");
        String repository = one ? name.substring(0, name.indexOf("/dockerImages/")) : name;
        context.locked(() -> get(repository));
        RepositoryName of = RepositoryName.parse(repository);
        if (!one) {
            List<ObjectNode> found = images == null ? List.of() : images.in(of);
            return Pages.of("dockerImages", found, request, LARGEST_PAGE);
        }
        String image = name.substring(name.indexOf("/dockerImages/") + "/dockerImages/".length());
        return (images == null ? List.<ObjectNode>of() : images.in(of))
                .stream()
                        .filter(found -> found.path("name").asText().endsWith("/dockerImages/" + image))
                        .findFirst()
                        .orElseThrow(() -> GcpError.notFound("Image \"" + image + "\" not found"));
    }

    private static GcpError unimplemented(RestRequest request) {
        return GcpError.of(501, "UNIMPLEMENTED", "The emulator has no " + request.method());
    }
}

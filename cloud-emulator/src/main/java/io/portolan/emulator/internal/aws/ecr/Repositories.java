package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.Page;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Makes, lists and removes repositories. */
final class Repositories {
    private static final int PAGE = 100;

    private final Clock clock;
    private final String host;
    private final Images images;
    private final TreeMap<String, Repository> repositories = new TreeMap<>();

    /**
     * No repositories yet.
     *
     * @param host what the URI of a repository begins with
     */
    Repositories(Clock clock, String host, Images images) {
        this.clock = clock;
        this.host = host;
        this.images = images;
    }

    Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of(
                "CreateRepository", this::create,
                "DescribeRepositories", this::describe,
                "DeleteRepository", this::delete,
                "PutImageTagMutability", this::putMutability);
    }

    Repository find(ObjectNode input) {
        String name = input.path("repositoryName").asText();
        boolean ours = input.path("registryId").asText(AwsEmulator.ACCOUNT).equals(AwsEmulator.ACCOUNT);
        Repository repository = ours ? repositories.get(name) : null;
        if (repository == null) {
            throw EcrErrors.repositoryNotFound(name);
        }
        return repository;
    }

    Repository find(String name) {
        Repository repository = repositories.get(name);
        if (repository == null) {
            throw EcrErrors.repositoryNotFound(name);
        }
        return repository;
    }

    private ObjectNode create(ObjectNode input) {
        String name = input.path("repositoryName").asText();
        if (name.isEmpty() || !Character.isLetter(name.charAt(0))) {
            // The model's pattern allows a digit; the words of its documentation do not.
            throw EcrErrors.invalid("repositoryName", "must start with a letter");
        }
        TagMutability mutability = TagMutability.of(input);
        Repository repository = new Repository(host + "/" + name, clock.instant(), mutability, input);
        RepositoryTags.merge(repository.tags(), input.path("tags"));
        if (repositories.putIfAbsent(name, repository) != null) {
            throw EcrErrors.repositoryExists(name);
        }
        return answer(repository);
    }

    private ObjectNode describe(ObjectNode input) {
        JsonNode names = input.path("repositoryNames");
        List<Repository> matching = new ArrayList<>(repositories.values());
        if (names.isArray()) {
            matching.clear();
            names.forEach(name -> matching.add(find(name.asText())));
        }
        Page<Repository> page =
                Page.of(matching, Repository::name, input.path("maxResults").asInt(PAGE), input.path("nextToken"));
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode views = output.putArray("repositories");
        page.items().forEach(repository -> views.add(repository.view()));
        page.putNext(output, "nextToken");
        return output;
    }

    private ObjectNode delete(ObjectNode input) {
        Repository repository = find(input);
        if (!input.path("force").asBoolean() && !images.of(repository.name()).isEmpty()) {
            throw EcrErrors.repositoryNotEmpty(repository.name());
        }
        images.removeAll(repository.name());
        repositories.remove(repository.name());
        return answer(repository);
    }

    private ObjectNode putMutability(ObjectNode input) {
        Repository repository = find(input);
        repository.mutability(TagMutability.of(input));
        ObjectNode output = repository.head();
        repository.mutability().put(output);
        return output;
    }

    private static ObjectNode answer(Repository repository) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.set("repository", repository.view());
        return output;
    }
}

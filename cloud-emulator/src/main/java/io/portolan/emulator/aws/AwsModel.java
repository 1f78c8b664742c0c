package io.portolan.emulator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The official model of a service: its operations and the shapes of what they take and give. */
public final class AwsModel {
    private static final Map<String, AwsModel> MODELS = new ConcurrentHashMap<>();

    private final JsonNode model;

    private AwsModel(JsonNode model) {
        this.model = model;
    }

    /**
     * The model of a service.
     *
     * @param service {@code ecs}, {@code ecr} or {@code logs}
     * @return the model
     */
    public static AwsModel of(String service) {
        return MODELS.computeIfAbsent(service, AwsModel::load);
    }

    /**
     * What the header {@code X-Amz-Target} begins with.
     *
     * @return the prefix, without the dot
     */
    public String targetPrefix() {
        return model.path("targetPrefix").asText();
    }

    /**
     * Whether the service has an operation.
     *
     * @param operation its name
     * @return whether the model knows it
     */
    public boolean has(String operation) {
        return model.path("operations").has(operation);
    }

    /**
     * Checks a request.
     *
     * @param operation its name
     * @param input what is sent
     * @return all that is wrong, without the values, since they may be secret
     */
    public List<String> violations(String operation, JsonNode input) {
        return check(operation, "input", input).stream()
                .map(Violation::toString)
                .toList();
    }

    /**
     * Checks an answer.
     *
     * @param operation its name
     * @param output what is answered
     * @return all that is wrong
     */
    public List<String> responseViolations(String operation, JsonNode output) {
        return check(operation, "output", output).stream()
                .map(Violation::toString)
                .toList();
    }

    /**
     * Checks a request.
     *
     * @param operation its name
     * @param input what is sent
     * @return all that is wrong
     */
    public List<Violation> check(String operation, JsonNode input) {
        return check(operation, "input", input);
    }

    private List<Violation> check(String operation, String direction, JsonNode value) {
        JsonNode found = model.path("operations").path(operation);
        if (found.isMissingNode()) {
            return List.of(new Violation(operation, Violation.Kind.MALFORMED, "is not an operation"));
        }
        List<Violation> violations = new ArrayList<>();
        if (found.has(direction)) {
            new ShapeCheck(model.path("shapes"), violations)
                    .check("", found.path(direction).asText(), value);
        }
        return List.copyOf(violations);
    }

    private static AwsModel load(String service) {
        try (InputStream in = AwsModel.class.getResourceAsStream(service + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("no model of " + service);
            }
            return new AwsModel(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Something wrong.
     *
     * @param path where, such as {@code containerDefinitions[0].name}
     * @param kind in which way
     * @param problem what, without the value
     */
    public record Violation(String path, Kind kind, String problem) {
        /** In which way something is wrong. */
        public enum Kind {
            /** The request cannot be read: a member that does not exist or is of another type. */
            MALFORMED,
            /** A value is not allowed. */
            CONSTRAINT
        }

        @Override
        public String toString() {
            return path.isEmpty() ? problem : path + " " + problem;
        }
    }
}

package io.portolan.emulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The discovery document of an API: its methods and the schemas of what they take and give. Methods have short names: {@code
 * run.projects.locations.jobs.create} is {@code run.jobs.create}.
 */
public final class GcpModel {
    private static final Map<String, String> FILES =
            Map.of("run", "run-v2.json", "logging", "logging-v2.json", "artifactregistry", "artifactregistry-v1.json");
    private static final Map<String, GcpModel> MODELS = new ConcurrentHashMap<>();

    private final JsonNode schemas;
    private final Map<String, GcpMethod> methods = new TreeMap<>();
    private final List<GcpMethod> bySpecificity;

    private GcpModel(JsonNode document) {
        schemas = document.path("schemas");
        document.path("methods").properties().forEach(method -> {
            GcpMethod read = GcpMethod.of(method.getKey(), method.getValue());
            methods.put(read.name(), read);
        });
        bySpecificity = methods.values().stream()
                .sorted(Comparator.comparingInt(GcpMethod::specificity).reversed())
                .toList();
    }

    /**
     * The discovery document of an API.
     *
     * @param api {@code run}, {@code logging} or {@code artifactregistry}
     * @return the model
     */
    public static GcpModel of(String api) {
        return MODELS.computeIfAbsent(api, GcpModel::load);
    }

    /**
     * The API of a method.
     *
     * @param method its name, such as {@code run.jobs.create}
     * @return the model
     */
    public static GcpModel ofMethod(String method) {
        return of(method.substring(0, Math.max(method.indexOf('.'), 0)));
    }

    /**
     * Whether the API has a method.
     *
     * @param method its name
     * @return whether the document knows it
     */
    public boolean has(String method) {
        return methods.containsKey(GcpMethod.shortName(method));
    }

    /**
     * A method.
     *
     * @param method its name
     * @return the method
     * @throws IllegalArgumentException if there is no such method
     */
    public GcpMethod method(String method) {
        GcpMethod found = methods.get(GcpMethod.shortName(method));
        if (found == null) {
            throw new IllegalArgumentException("no method " + method);
        }
        return found;
    }

    /**
     * The method that answers a request.
     *
     * @param httpMethod after any override
     * @param path without the query, still encoded
     * @return the method, empty if none answers
     */
    public Optional<GcpMethod> find(String httpMethod, String path) {
        return bySpecificity.stream()
                .filter(method -> method.httpMethod().equals(httpMethod) && method.matches(path))
                .findFirst();
    }

    /**
     * Checks the body of a request. Members that only the server sets are violations here; the emulator ignores them, as Google does.
     *
     * @param method its name
     * @param body what is sent
     * @return all that is wrong, without the values, since they may be secret
     */
    public List<String> violations(String method, JsonNode body) {
        return check(method, body).stream().map(Violation::toString).toList();
    }

    /**
     * Checks an answer.
     *
     * @param method its name
     * @param body what is answered, with enums as names or numbers
     * @return all that is wrong
     */
    public List<String> responseViolations(String method, JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        new SchemaCheck(schemas, violations, SchemaCheck.Direction.RESPONSE)
                .check("", SchemaCheck.reference(method(method).response()), body);
        return violations.stream().map(Violation::toString).toList();
    }

    /**
     * Checks the body of a request.
     *
     * @param method its name
     * @param body what is sent
     * @return all that is wrong
     */
    public List<Violation> check(String method, JsonNode body) {
        GcpMethod found = method(method);
        if (found.request().isEmpty()) {
            return body.isEmpty()
                    ? List.of()
                    : List.of(new Violation("", Violation.Kind.MALFORMED, "must be empty", "", body));
        }
        List<Violation> violations = new ArrayList<>();
        // An update with a mask leaves out what it does not change.
        SchemaCheck.Direction direction =
                found.hasMask() ? SchemaCheck.Direction.UPDATE : SchemaCheck.Direction.REQUEST;
        new SchemaCheck(schemas, violations, direction).check("", SchemaCheck.reference(found.request()), body);
        return List.copyOf(violations);
    }

    /**
     * The body of a request as the API understands it: enums as names, nothing that only the server sets, nothing that is null.
     *
     * @param method its name
     * @param body that has no violations but members that only the server sets
     * @return a copy
     */
    public ObjectNode normalized(String method, ObjectNode body) {
        String request = method(method).request();
        return request.isEmpty() ? body.deepCopy() : EnumNames.ofRequest(schemas, request, body);
    }

    /**
     * An answer with enums as numbers.
     *
     * @param method its name
     * @param body with enums as names
     * @return a copy
     */
    public JsonNode numbered(String method, JsonNode body) {
        String response = method(method).response();
        return response.isEmpty() ? body : EnumNames.numbered(schemas, response, body);
    }

    private static GcpModel load(String api) {
        String file = FILES.get(api);
        if (file == null) {
            throw new IllegalArgumentException("no discovery document of " + api);
        }
        try (InputStream in = GcpModel.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new GcpModel(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Something wrong.
     *
     * @param path where, such as {@code template.template.containers[0].name}
     * @param kind in which way
     * @param problem what, without the value
     * @param type which was expected, as Google's errors name it, empty if that is not the problem
     * @param value that is wrong
     */
    public record Violation(String path, Kind kind, String problem, String type, JsonNode value) {
        /** In which way something is wrong. */
        public enum Kind {
            /** A member that does not exist. */
            UNKNOWN_MEMBER,
            /** A value of another type, or none of an enum. */
            MALFORMED,
            /** A member that must be there and is not. */
            MISSING,
            /** A member that only the server sets. */
            READ_ONLY
        }

        /** The value may be secret. */
        @Override
        public String toString() {
            return path.isEmpty() ? problem : path + " " + problem;
        }
    }
}

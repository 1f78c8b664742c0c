package io.portolan.emulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A method of an API: where it is called, and what it takes and gives. */
public final class GcpMethod {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\+?(\\w+)}");

    private final String name;
    private final JsonNode description;
    private final String template;
    private final Pattern pattern;
    private final Map<String, Integer> groups = new LinkedHashMap<>();

    private GcpMethod(String name, JsonNode description) {
        this.name = name;
        this.description = description;
        this.template = description.path("path").asText();
        StringBuilder regex = new StringBuilder("/");
        Matcher variable = VARIABLE.matcher(template);
        int from = 0;
        while (variable.find()) {
            regex.append(Pattern.quote(template.substring(from, variable.start())));
            String parameter = variable.group(1);
            groups.put(parameter, groups.size() + 1);
            String of = description
                    .path("parameters")
                    .path(parameter)
                    .path("pattern")
                    .asText("^[^/]+$");
            regex.append('(').append(of, 1, of.length() - 1).append(')');
            from = variable.end();
        }
        regex.append(Pattern.quote(template.substring(from)));
        this.pattern = Pattern.compile(regex.toString());
    }

    static GcpMethod of(String id, JsonNode description) {
        return new GcpMethod(shortName(id), description);
    }

    static String shortName(String id) {
        return id.replace(".projects.locations.", ".");
    }

    /**
     * The short name.
     *
     * @return such as {@code run.jobs.create}
     */
    public String name() {
        return name;
    }

    /**
     * The method of HTTP.
     *
     * @return such as {@code PATCH}
     */
    public String httpMethod() {
        return description.path("httpMethod").asText();
    }

    /**
     * The schema of the body.
     *
     * @return its name, empty if there is no body
     */
    public String request() {
        return description.path("request").asText();
    }

    /**
     * The schema of the answer.
     *
     * @return its name
     */
    public String response() {
        return description.path("response").asText();
    }

    /**
     * The parameters in the path and the query.
     *
     * @return their descriptions by name
     */
    public Map<String, JsonNode> parameters() {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        description.path("parameters").properties().forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
        return parameters;
    }

    /**
     * Reads the parameters in a path.
     *
     * @param path that matches, still encoded
     * @return the values by name
     */
    public Map<String, String> pathParameters(String path) {
        Matcher matcher = pattern.matcher(path);
        Map<String, String> values = new LinkedHashMap<>();
        if (matcher.matches()) {
            groups.forEach((parameter, group) -> values.put(parameter, decode(matcher.group(group))));
        }
        return values;
    }

    boolean hasMask() {
        return description.path("parameters").has("updateMask");
    }

    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    /** A name may end in what is a verb of another method, so the method with the verb comes first. */
    int specificity() {
        return template.length() - template.lastIndexOf('}');
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}

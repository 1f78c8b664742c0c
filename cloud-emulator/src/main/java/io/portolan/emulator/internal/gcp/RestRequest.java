package io.portolan.emulator.internal.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A call, checked against the discovery document.
 *
 * @param method its short name, such as {@code run.jobs.create}
 * @param path the parameters in the path, decoded, such as {@code parent}
 * @param query the parameters in the query, decoded
 * @param body with enums as names and without what only the server sets, empty if there is none
 */
public record RestRequest(String method, Map<String, String> path, Map<String, String> query, ObjectNode body) {
    private static final Pattern UNDERSCORE = Pattern.compile("_(\\w)");

    /**
     * A parameter in the path.
     *
     * @param parameter such as {@code name}
     */
    public String pathValue(String parameter) {
        return path.getOrDefault(parameter, "");
    }

    /**
     * A parameter in the query.
     *
     * @param parameter such as {@code jobId}
     * @return its value, empty if it is not there
     */
    public String queryValue(String parameter) {
        return query.getOrDefault(parameter, "");
    }

    /**
     * Whether a parameter in the query is {@code true}.
     *
     * @param parameter such as {@code validateOnly}
     */
    public boolean isSet(String parameter) {
        return queryValue(parameter).equals("true");
    }

    /** The paths of the update mask in camel case, empty if there is no mask. */
    public List<String> mask() {
        return Arrays.stream(queryValue("updateMask").split(",", -1))
                .map(String::strip)
                .filter(path -> !path.isEmpty())
                .map(RestRequest::camelCase)
                .toList();
    }

    private static String camelCase(String path) {
        return UNDERSCORE.matcher(path).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }

    /** The body may hold secrets. */
    @Override
    public String toString() {
        return method + path;
    }
}

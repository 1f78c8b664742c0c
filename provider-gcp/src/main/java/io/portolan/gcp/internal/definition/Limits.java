package io.portolan.gcp.internal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers that Cloud Run refuses to exceed: data, and over it the keys {@code limits.*}. Immutable. */
public final class Limits {
    /** A limit. */
    public static final String JOB_TASKS = "job-tasks";
    /** A limit. */
    public static final String JOB_RETRIES = "job-retries";
    /** A limit, in seconds. */
    public static final String JOB_TIMEOUT = "job-timeout";
    /** A limit, in seconds. */
    public static final String GPU_JOB_TIMEOUT = "gpu-job-timeout";
    /** What a job with a GPU that names no timeout gets, in seconds: the longest that is generally available. */
    public static final String GPU_JOB_TIMEOUT_DEFAULT = "gpu-job-timeout-default";
    /** A limit. */
    public static final String CONCURRENCY = "concurrency";
    /** A limit, in seconds. */
    public static final String REQUEST_TIMEOUT = "request-timeout";
    /** A limit. */
    public static final String ENVIRONMENT_VARIABLES = "environment-variables";
    /** A limit, in bytes. */
    public static final String ENVIRONMENT_VALUE = "environment-value";
    /** A limit. */
    public static final String ARGUMENTS = "arguments";
    /** A limit, in bytes. */
    public static final String ANNOTATIONS = "annotations";

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})(s|m|h|d)?");

    private final Map<String, Long> values;

    private Limits(Map<String, Long> values) {
        this.values = values;
    }

    /** The data is read when a spec is first looked at. */
    private static final class Loaded {
        static final JsonNode DATA = DataFile.json("limits.json");
    }

    /**
     * The limits.
     *
     * @param settings the settings
     * @return those of the data, and over them those that the configuration names and that can be read
     */
    public static Limits of(GcpSettings settings) {
        Map<String, Long> values = new LinkedHashMap<>();
        Loaded.DATA
                .path("limits")
                .properties()
                .forEach(limit -> values.put(limit.getKey(), limit.getValue().asLong()));
        settings.config().under(GcpKeys.LIMITS).forEach((name, text) -> {
            if (values.containsKey(name) && isNumber(text)) {
                values.put(name, number(text));
            }
        });
        return new Limits(values);
    }

    /**
     * Where the limits are from, and when.
     *
     * @return for findings
     */
    public static String source() {
        return Loaded.DATA.path("source").asText() + " ("
                + Loaded.DATA.path("date").asText() + ")";
    }

    /**
     * The names of all limits.
     *
     * @return in the order of the data
     */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        Loaded.DATA.path("limits").fieldNames().forEachRemaining(names::add);
        return List.copyOf(names);
    }

    /**
     * The hosts of registries that Cloud Run pulls from.
     *
     * @return a host, or what hosts end in
     */
    public static List<String> registries() {
        List<String> hosts = new ArrayList<>();
        Loaded.DATA.path("registries").forEach(host -> hosts.add(host.asText()));
        return List.copyOf(hosts);
    }

    /**
     * Whether a setting is a limit.
     *
     * @param text a value of {@code limits.*}
     * @return true for a whole number, which may end in {@code s}, {@code m}, {@code h} or {@code d}
     */
    public static boolean isNumber(String text) {
        return TEXT.matcher(text.strip()).matches();
    }

    /**
     * A limit.
     *
     * @param name one of the constants
     * @return its number
     */
    public long value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /**
     * A limit of time.
     *
     * @param name one of the constants
     * @return its duration
     */
    public Duration duration(String name) {
        return Duration.ofSeconds(value(name));
    }

    private static long number(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("limit was '" + text + "' but must be a whole number; for example 12h");
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        long factor = switch (unit) {
            case "m" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            default -> 1;
        };
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
    }
}

package io.portolan.gcp.internal.config;

import io.portolan.error.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the configuration must hold. Pure: nothing is asked. */
final class SettingRules {
    /** Ids of projects, and those that belong to a domain ({@code example.com:web}). */
    private static final Pattern PROJECT = Pattern.compile("([a-z0-9.-]{1,63}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]");

    private static final Pattern REGION = Pattern.compile("[a-z]+(-[a-z]+)+[0-9]{1,2}");
    private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~/-]*)?");
    private static final Pattern HOST =
            Pattern.compile("(https?://)?([A-Za-z0-9.-]+|\\[[0-9a-f:]+\\])(:[0-9]{1,5})?/?");
    private static final Pattern LOOPBACK =
            Pattern.compile("http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]{1,5})?/?");
    private static final Pattern REPOSITORY = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s/]+@[^@\\s/]+");
    private static final Set<String> SERVICES = Set.of("run", "logging", "artifactregistry");

    private final GcpSettings settings;
    private final List<Violation> found = new ArrayList<>();

    private SettingRules(GcpSettings settings) {
        this.settings = settings;
    }

    static List<Violation> of(GcpSettings settings) {
        SettingRules rules = new SettingRules(settings);
        rules.place();
        rules.access();
        rules.endpoints();
        rules.images();
        rules.network();
        return List.copyOf(rules.found);
    }

    private void place() {
        required(GcpKeys.PROJECT, PROJECT, "must be the id of a project", "write for example my-project-123");
        required(GcpKeys.REGION, REGION, "must be one region", "write for example europe-west1");
        matches(
                GcpKeys.SERVICE_ACCOUNT,
                EMAIL.asMatchPredicate(),
                "must be the e-mail of a service account",
                "write for example etl@my-project-123.iam.gserviceaccount.com");
    }

    private void access() {
        oneOf(GcpKeys.CREDENTIALS, "adc", "none", "token");
        oneOf(GcpKeys.TRANSPORT, "rest", "grpc");
        oneOf(GcpKeys.PUBLIC_ACCESS, "NO_INVOKER_CHECK", "ALL_USERS");
        boolean token = settings.text(GcpKeys.TOKEN).isPresent();
        boolean asked =
                settings.text(GcpKeys.CREDENTIALS).filter("token"::equals).isPresent();
        if (asked && !token) {
            add(GcpKeys.TOKEN, "", "is needed by credentials.kind token", "set it, or use adc");
        }
        if (token && !asked) {
            add(GcpKeys.TOKEN, "***", "has no effect with another credentials.kind", "set credentials.kind to token");
        }
    }

    private void endpoints() {
        matches(GcpKeys.ENDPOINT, URL.asMatchPredicate(), "must be a URL", "write for example http://127.0.0.1:8080");
        settings.config().under(GcpKeys.ENDPOINTS).forEach((service, url) -> {
            String key = GcpKeys.ENDPOINTS + "." + service;
            if (!SERVICES.contains(service)) {
                add(key, url, "is no service that is called", "use run, logging or artifactregistry");
            } else if (!URL.matcher(url.strip()).matches()) {
                add(key, url, "must be a URL", "write for example https://run.europe-west1.rep.googleapis.com");
            }
        });
    }

    private void images() {
        matches(
                GcpKeys.REGISTRY,
                host -> HOST.matcher(host).matches()
                        && (!host.startsWith("http://")
                                || LOOPBACK.matcher(host).matches()),
                "must be a host with TLS, or http:// with a loopback address",
                "write for example registry.example.com or http://127.0.0.1:5000");
        matches(
                GcpKeys.REPOSITORY,
                REPOSITORY.asMatchPredicate(),
                "must be 1 to 63 lower-case letters, digits and inner hyphens",
                "write for example images");
    }

    private void network() {
        oneOf(GcpKeys.EGRESS, "PRIVATE_RANGES_ONLY", "ALL_TRAFFIC");
        boolean direct = settings.text(GcpKeys.NETWORK).isPresent()
                || settings.text(GcpKeys.SUBNETWORK).isPresent();
        settings.text(GcpKeys.CONNECTOR)
                .filter(connector -> direct)
                .ifPresent(connector -> add(
                        GcpKeys.CONNECTOR,
                        connector,
                        "must not be set beside network or subnetwork",
                        "keep the one or the other"));
        if (!direct && !settings.list(GcpKeys.NETWORK_TAGS).isEmpty()) {
            add(
                    GcpKeys.NETWORK_TAGS,
                    String.join(",", settings.list(GcpKeys.NETWORK_TAGS)),
                    "needs network or subnetwork",
                    "set one of them, or leave the tags out");
        }
    }

    private void required(String key, Pattern shape, String rule, String fix) {
        if (settings.text(key).isEmpty()) {
            add(key, "", "is required", "set portolan.gcp." + key + "; " + fix);
        } else {
            matches(key, shape.asMatchPredicate(), rule, fix);
        }
    }

    private void matches(String key, Predicate<String> shape, String rule, String fix) {
        settings.text(key).filter(shape.negate()).ifPresent(value -> add(key, value, rule, fix));
    }

    private void oneOf(String key, String... values) {
        matches(
                key,
                value -> List.of(values).contains(value),
                "must be one of " + String.join(", ", values),
                "use " + values[0] + " if in doubt");
    }

    private void add(String key, String value, String rule, String fix) {
        found.add(new Violation("portolan.gcp." + key, value, rule, fix));
    }
}

package io.portolan.local.internal.service.proxy;

import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the configuration of HAProxy for a route. Pure. Only directives that HAProxy 2.6 and later know.
 *
 * <p>Inside its container, HAProxy listens on the port of the service (for other containers), on {@link #EDGE_PORT} (published on the host,
 * always the same port so that the published address stays when the port of the service changes), and on {@link #MONITOR_PORT}.
 */
final class HaproxyConfig {
    /** The port in the container that the stable host port leads to. */
    static final int EDGE_PORT = 65_080;

    /** The port in the container that tells the generation in force; read-only. */
    static final int MONITOR_PORT = 65_081;

    private static final Pattern GENERATION = Pattern.compile("# portolan generation=(\\d{1,9})\\n");

    /** How long an idle connection of a client is kept. Bounds how long an idle client can hold up an update. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private HaproxyConfig() {}

    /**
     * The configuration.
     *
     * @param route what to do
     * @param drainTimeout how long connections of a former route may go on
     * @return the text of the file
     */
    static String render(Route route, Duration drainTimeout) {
        boolean http = route.port().protocol() == Port.Protocol.HTTP;
        StringBuilder text = new StringBuilder("# portolan generation=")
                .append(route.generation())
                .append("\n# service ")
                .append(route.service())
                .append(". Written by the SDK at each deployment: changes made here are lost.\n");
        text.append("""
                global
                    maxconn 4096
                    nbthread 2
                    hard-stop-after %dms

                # Docker's own name server. Replicas are known by name, so that they are found again when the engine gives
                # them other addresses.
                resolvers docker
                    nameserver dns 127.0.0.11:53
                    timeout resolve 1s
                    timeout retry 1s
                    hold valid 1s
                    hold nx 2s

                defaults
                    mode %s
                    timeout connect 2s
                    timeout check %dms
                    timeout queue 30s
                    timeout client %s
                    timeout server %s
                    retries 3
                    option redispatch 1
                    default-server check inter %dms fall %d rise 1 resolvers docker resolve-prefer ipv4 init-addr libc,none

                """.formatted(
                        Math.max(1, drainTimeout.toMillis()),
                        http ? "http" : "tcp",
                        millis(route.readiness().timeout()),
                        http ? "1h" : "24h",
                        http ? "1h" : "24h",
                        millis(route.readiness().interval()),
                        route.readiness().failureThreshold()));
        frontend(text, route, http);
        backend(text, route, http);
        monitor(text, route);
        return text.toString();
    }

    /**
     * Reads the generation back.
     *
     * @param text a configuration
     * @return empty if it is not one of ours
     */
    static Optional<Integer> generation(String text) {
        Matcher matcher = GENERATION.matcher(text);
        return matcher.lookingAt() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    private static void frontend(StringBuilder text, Route route, boolean http) {
        text.append("frontend service\n    bind :")
                .append(route.port().number())
                .append('\n');
        if (route.port().number() != EDGE_PORT) {
            text.append("    bind :").append(EDGE_PORT).append('\n');
        }
        if (http) {
            // idle-close-on-response: after a reload, an idle connection gets one more answer, which tells the client
            // to
            // close it. Without it the connection is closed under a client that may be about to send a request.
            text.append("""
                        timeout http-keep-alive %ds
                        option http-keep-alive
                        option idle-close-on-response
                        option forwardfor
                        http-request set-header X-Forwarded-Proto http
                        http-request disable-l7-retry unless { method GET HEAD OPTIONS }
                    """.formatted(KEEP_ALIVE.toSeconds()));
        } else {
            text.append("    option clitcpka\n");
        }
        text.append("    default_backend service\n\n");
    }

    private static void backend(StringBuilder text, Route route, boolean http) {
        text.append("backend service\n");
        if (http) {
            // A request that may be repeated is repeated on another replica if its replica dies under it.
            text.append("    balance roundrobin\n    timeout tunnel 24h\n    retry-on conn-failure empty-response\n");
        } else {
            text.append("    balance leastconn\n    option srvtcpka\n");
        }
        if (route.readiness().check() instanceof Probe.HttpGet get) {
            text.append("    option httpchk\n    http-check send meth GET uri ")
                    .append(quoted(get.path()))
                    .append(" ver HTTP/1.1 hdr Host ")
                    .append(route.service())
                    .append(" hdr Connection close\n    http-check expect status 200-399\n");
        }
        for (Target target : route.targets()) {
            text.append("    server ")
                    .append(target.name())
                    .append(' ')
                    .append(target.host())
                    .append(':')
                    .append(route.port().number())
                    .append('\n');
        }
        text.append('\n');
    }

    private static void monitor(StringBuilder text, Route route) {
        String ready = route.targets().stream()
                .map(t -> " " + t.name() + "=%[srv_is_up(service/" + t.name() + ")]")
                .collect(Collectors.joining());
        text.append("frontend monitor\n    mode http\n    bind :")
                .append(MONITOR_PORT)
                .append("\n    http-request return status 200 content-type text/plain lf-string \"generation=")
                .append(route.generation())
                .append(ready)
                .append("\\n\"\n");
    }

    /** In single quotes nothing has a meaning but the quote itself. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    /** HAProxy has no finer unit here, and refuses 0 and more than 24 days. */
    private static long millis(Duration value) {
        return Math.min(Math.max(1, value.toMillis()), Duration.ofDays(20).toMillis());
    }
}

package io.portolan.spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the fields that only services have. */
final class ServiceFields {
    private static final Map<String, Port.Protocol> PROTOCOLS =
            Map.of("http", Port.Protocol.HTTP, "tcp", Port.Protocol.TCP);
    private static final Map<String, Exposure> EXPOSURES =
            Map.of("public", Exposure.PUBLIC, "internal", Exposure.INTERNAL);
    private static final String PROBE_RULE = "must have exactly one of http, tcp, exec";

    private final Fields fields;

    ServiceFields(Fields fields) {
        this.fields = fields;
    }

    void read(ServiceSpec.Builder service) {
        Port port = port();
        Scaling scaling = scaling();
        Exposure exposure = fields.choice("exposure", EXPOSURES);
        Probe readiness = probe("readiness");
        Probe liveness = probe("liveness");
        if (port != null) {
            service.port(port);
            if (port.protocol() == Port.Protocol.TCP
                    && readiness != null
                    && readiness.check() instanceof Probe.HttpGet) {
                fields.add(
                        "readiness.http",
                        "http",
                        "must fit the protocol of the port, which is TCP",
                        "write 'tcp: true' instead");
                readiness = null;
            }
        }
        if (scaling != null) {
            service.scaling(scaling);
        }
        if (exposure != null) {
            service.exposure(exposure);
        }
        if (readiness != null) {
            service.readiness(readiness);
        }
        if (liveness != null) {
            service.liveness(liveness);
        }
    }

    private @Nullable Port port() {
        Port.Protocol protocol = Port.Protocol.HTTP;
        Integer number;
        String at = "port";
        if (fields.isMapping("port")) {
            Fields inner = Objects.requireNonNull(fields.fields("port"));
            at = "port.number";
            inner.require("number", "write for example 'number: 5432'");
            number = inner.integer("number");
            protocol = Objects.requireNonNullElse(inner.choice("protocol", PROTOCOLS), protocol);
            inner.end();
        } else {
            number = fields.integer("port");
        }
        if (number != null && (number < 1 || number > 65_535)) {
            fields.add(at, number.toString(), "must be 1 to 65535", "write for example 8080");
            return null;
        }
        return number == null ? null : new Port(number, protocol);
    }

    private @Nullable Scaling scaling() {
        Integer min;
        Integer max;
        if (fields.isMapping("scaling")) {
            Fields inner = Objects.requireNonNull(fields.fields("scaling"));
            inner.require("min", "write for example 'min: 1'");
            inner.require("max", "write for example 'max: 4'");
            min = inner.integer("min");
            max = inner.integer("max");
            inner.end();
        } else {
            min = fields.integer("scaling");
            max = min;
        }
        if (min == null || max == null) {
            return null;
        }
        try {
            return new Scaling(min, max);
        } catch (IllegalArgumentException e) {
            fields.add(
                    "scaling",
                    min + " to " + max,
                    "must be 0 <= min <= max, 1 <= max <= " + Scaling.MAX_REPLICAS,
                    "write for example 'scaling: 2' or 'scaling: {min: 1, max: 4}'");
            return null;
        }
    }

    private @Nullable Probe probe(String name) {
        Fields inner = fields.fields(name);
        if (inner == null) {
            return null;
        }
        Probe probe = Probe.tcp();
        String http = inner.word("http");
        Boolean tcp = inner.flag("tcp");
        List<String> exec = inner.words("exec");
        if (List.of("http", "tcp", "exec").stream().filter(inner::has).count() != 1 || Boolean.FALSE.equals(tcp)) {
            inner.add("", "other", PROBE_RULE, "write 'http: /healthz', 'tcp: true' or 'exec: [\"/bin/check\"]'");
        }
        if (http != null) {
            try {
                probe = Probe.http(http);
            } catch (IllegalArgumentException e) {
                inner.add("http", http, "must start with / and be printable ASCII", "write for example /healthz");
            }
        } else if (exec != null) {
            if (exec.isEmpty()) {
                inner.add("exec", "[]", "must name a program", "write for example [\"/bin/check\"]");
            } else {
                probe = Probe.exec(exec.toArray(String[]::new));
            }
        }
        probe = times(inner, probe);
        inner.end();
        return probe;
    }

    private static Probe times(Fields inner, Probe probe) {
        Duration interval = SpecReader.positive(inner, "interval");
        Duration timeout = SpecReader.positive(inner, "timeout");
        Integer threshold = inner.integer("failureThreshold");
        Duration startup = SpecReader.positive(inner, "startupTimeout");
        if (threshold != null && threshold < 1) {
            inner.add("failureThreshold", threshold.toString(), "must be 1 or more", "3 is usual");
            threshold = null;
        }
        return new Probe(
                probe.check(),
                interval == null ? probe.interval() : interval,
                timeout == null ? probe.timeout() : timeout,
                threshold == null ? probe.failureThreshold() : threshold,
                startup == null ? probe.startupTimeout() : startup);
    }
}

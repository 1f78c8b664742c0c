package io.portolan.spec;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How to find out whether a replica is ready (readiness) or must be replaced (liveness).
 *
 * <p>Defaults: first check at once, then every second, one second for an answer, three failures in a row count, two minutes until a
 * replica that was never ready counts as failed. Immutable: the methods named after a setting give a changed copy.
 *
 * @param check what is tried
 * @param interval time between two checks
 * @param timeout time for one answer
 * @param failureThreshold failures in a row that count
 * @param startupTimeout how long a new replica may take to pass for the first time
 */
public record Probe(Check check, Duration interval, Duration timeout, int failureThreshold, Duration startupTimeout) {

    /** What a probe tries. Closed: HTTP, TCP or a command in the container. */
    public sealed interface Check {}

    /**
     * A GET on the service's port; passes with status 200 to 399.
     *
     * @param path starts with {@code /}
     */
    public record HttpGet(String path) implements Check {
        /** Checks that the path starts with a slash and holds no control characters. */
        public HttpGet {
            Objects.requireNonNull(path, "path");
            if (!path.matches("/[\\x21-\\x7e]*")) {
                throw new IllegalArgumentException("probe path was '" + path
                        + "' but must start with / and be printable ASCII; for example '/healthz'");
            }
        }
    }

    /** A connection to the service's port; passes when it is accepted. */
    public record TcpConnect() implements Check {}

    /**
     * A command in the container; passes with exit code 0.
     *
     * @param command the command and its arguments, not empty
     */
    public record Exec(List<String> command) implements Check {
        /** Copies the command. */
        public Exec {
            command = List.copyOf(command);
            if (command.isEmpty()) {
                throw new IllegalArgumentException(
                        "probe command was '' but must name a program; for example Probe.exec(\"/bin/true\")");
            }
        }
    }

    /** Checks that times are positive and the threshold is at least 1. */
    public Probe {
        Objects.requireNonNull(check, "check");
        positive("interval", interval);
        positive("timeout", timeout);
        positive("startupTimeout", startupTimeout);
        if (failureThreshold < 1) {
            throw new IllegalArgumentException(
                    "probe failureThreshold was '" + failureThreshold + "' but must be 1 or more; 3 is usual");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "probe " + name + " was '" + value + "' but must be positive; for example PT1S");
        }
    }

    private static Probe of(Check check) {
        return new Probe(check, Duration.ofSeconds(1), Duration.ofSeconds(1), 3, Duration.ofMinutes(2));
    }

    /**
     * A GET on the service's port.
     *
     * @param path for example {@code /healthz}
     * @return a probe with the defaults
     */
    public static Probe http(String path) {
        return of(new HttpGet(path));
    }

    /**
     * A connection to the service's port. The readiness of a service that names none.
     *
     * @return a probe with the defaults
     */
    public static Probe tcp() {
        return of(new TcpConnect());
    }

    /**
     * A command in the container.
     *
     * @param command the command and its arguments
     * @return a probe with the defaults
     */
    public static Probe exec(String... command) {
        return of(new Exec(List.of(command)));
    }

    /**
     * Changes the time between two checks.
     *
     * @param value positive
     * @return a changed copy
     */
    public Probe interval(Duration value) {
        return new Probe(check, value, timeout, failureThreshold, startupTimeout);
    }

    /**
     * Changes the time for one answer.
     *
     * @param value positive
     * @return a changed copy
     */
    public Probe timeout(Duration value) {
        return new Probe(check, interval, value, failureThreshold, startupTimeout);
    }

    /**
     * Changes how many failures in a row count.
     *
     * @param value 1 or more
     * @return a changed copy
     */
    public Probe failureThreshold(int value) {
        return new Probe(check, interval, timeout, value, startupTimeout);
    }

    /**
     * Changes how long a new replica may take to pass for the first time.
     *
     * @param value positive
     * @return a changed copy
     */
    public Probe startupTimeout(Duration value) {
        return new Probe(check, interval, timeout, failureThreshold, value);
    }
}

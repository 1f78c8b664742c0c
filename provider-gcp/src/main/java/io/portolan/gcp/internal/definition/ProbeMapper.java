package io.portolan.gcp.internal.definition;

import com.google.cloud.run.v2.HTTPGetAction;
import com.google.cloud.run.v2.Probe;
import com.google.cloud.run.v2.TCPSocketAction;
import io.portolan.spec.Port;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The probes of Cloud Run: one for the start, one for the time after it, one that replaces. Cloud Run counts whole seconds, and wants a
 * timeout that is not longer than the period: then the period grows, since a slow answer is an answer. Pure.
 */
public final class ProbeMapper {
    /** Where the limits are from, and when. */
    public static final String SOURCE = "docs.cloud.google.com/run/docs/configuring/healthchecks (2026-11)";

    /** The most seconds that a container may take to start, and the longest period of a startup probe. */
    public static final int LONGEST_START = 240;

    private static final int LONGEST = 3600;

    private ProbeMapper() {}

    /**
     * The probe that a new replica has to pass before it gets requests.
     *
     * @param probe readiness
     * @param port the port of the service
     * @return the native probe
     */
    static Probe startup(io.portolan.spec.Probe probe, Port port) {
        int period = period(probe, LONGEST_START);
        long failures = ((long) seconds(probe.startupTimeout()) + period - 1) / period;
        return check(probe, port)
                .setPeriodSeconds(period)
                .setTimeoutSeconds(Math.min(period, seconds(probe.timeout())))
                .setFailureThreshold((int) within(failures, 1, Math.max(1, LONGEST_START / period)))
                .build();
    }

    /**
     * A probe of a replica that has started: liveness, or readiness.
     *
     * @param probe what is asked
     * @param port the port of the service
     * @return the native probe
     */
    static Probe running(io.portolan.spec.Probe probe, Port port) {
        int period = period(probe, LONGEST);
        return check(probe, port)
                .setPeriodSeconds(period)
                .setTimeoutSeconds(Math.min(period, seconds(probe.timeout())))
                .setFailureThreshold(probe.failureThreshold())
                .build();
    }

    /**
     * What differs between readiness and the startup probe.
     *
     * @param probe readiness
     * @return for example {@code startupTimeout 10m becomes 240s}; empty if nothing does
     */
    public static List<String> startupChanges(io.portolan.spec.Probe probe) {
        Probe mapped = startup(probe, Port.http(1));
        List<String> changes = changes(probe, mapped);
        long longest = (long) mapped.getPeriodSeconds() * mapped.getFailureThreshold();
        if (!probe.startupTimeout().equals(Duration.ofSeconds(longest))) {
            changes.add("startupTimeout " + DurationText.of(probe.startupTimeout()) + " becomes " + longest + "s");
        }
        return changes;
    }

    /**
     * What differs between a probe and what becomes of it after the start.
     *
     * @param probe liveness or readiness
     * @return for example {@code interval 0.5s becomes 1s}; empty if nothing does
     */
    public static List<String> runningChanges(io.portolan.spec.Probe probe) {
        return changes(probe, running(probe, Port.http(1)));
    }

    private static List<String> changes(io.portolan.spec.Probe probe, Probe mapped) {
        List<String> changes = new ArrayList<>();
        change(changes, "interval", probe.interval(), mapped.getPeriodSeconds());
        change(changes, "timeout", probe.timeout(), mapped.getTimeoutSeconds());
        return changes;
    }

    private static void change(List<String> changes, String name, Duration asked, int seconds) {
        if (!asked.equals(Duration.ofSeconds(seconds))) {
            changes.add(name + " " + DurationText.of(asked) + " becomes " + seconds + "s");
        }
    }

    private static Probe.Builder check(io.portolan.spec.Probe probe, Port port) {
        if (probe.check() instanceof io.portolan.spec.Probe.HttpGet get) {
            return Probe.newBuilder()
                    .setHttpGet(HTTPGetAction.newBuilder().setPath(get.path()).setPort(port.number()));
        }
        if (probe.check() instanceof io.portolan.spec.Probe.TcpConnect) {
            return Probe.newBuilder().setTcpSocket(TCPSocketAction.newBuilder().setPort(port.number()));
        }
        throw new IllegalArgumentException("Cloud Run has no probes that run a command; use Probe.http");
    }

    private static int period(io.portolan.spec.Probe probe, int longest) {
        return (int) within(Math.max(seconds(probe.interval()), seconds(probe.timeout())), 1, longest);
    }

    private static int seconds(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.plusNanos(999_999_999).toSeconds());
    }

    private static long within(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }
}

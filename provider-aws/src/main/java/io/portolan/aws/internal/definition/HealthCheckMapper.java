package io.portolan.aws.internal.definition;

import io.portolan.spec.Probe;
import io.portolan.spec.ServiceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.HealthCheck;

/** The health check of a container: a probe that runs a command. ECS has one for each container. Pure. */
public final class HealthCheckMapper {
    private HealthCheckMapper() {}

    /**
     * The probe that becomes the health check: readiness, else liveness, whichever runs a command.
     *
     * @param spec the service
     * @return empty if neither runs a command
     */
    public static Optional<Probe> probe(ServiceSpec spec) {
        return Optional.of(spec.readiness())
                .filter(HealthCheckMapper::runsCommand)
                .or(() -> spec.liveness().filter(HealthCheckMapper::runsCommand));
    }

    /**
     * What becomes of a probe that runs a command, in numbers that ECS takes.
     *
     * @param probe the probe
     * @return the health check
     */
    public static HealthCheck map(Probe probe) {
        List<String> command = new ArrayList<>(List.of("CMD"));
        if (probe.check() instanceof Probe.Exec exec) {
            command.addAll(exec.command());
        }
        return HealthCheck.builder()
                .command(command)
                .interval(within(seconds(probe.interval()), 5, 300))
                .timeout(within(seconds(probe.timeout()), 2, 60))
                .retries(within(probe.failureThreshold(), 1, 10))
                .startPeriod(within(seconds(probe.startupTimeout()), 0, 300))
                .build();
    }

    /**
     * What differs between a probe and its health check.
     *
     * @param probe the probe
     * @return for example {@code interval 1s becomes 5s}; empty if nothing does
     */
    public static List<String> changes(Probe probe) {
        HealthCheck check = map(probe);
        List<String> changes = new ArrayList<>();
        change(changes, "interval", probe.interval(), check.interval());
        change(changes, "timeout", probe.timeout(), check.timeout());
        if (probe.failureThreshold() != check.retries()) {
            changes.add("failureThreshold " + probe.failureThreshold() + " becomes " + check.retries());
        }
        change(changes, "startupTimeout", probe.startupTimeout(), check.startPeriod());
        return changes;
    }

    private static void change(List<String> changes, String name, Duration asked, int seconds) {
        if (!asked.equals(Duration.ofSeconds(seconds))) {
            changes.add(name + " " + DurationText.of(asked) + " becomes " + seconds + "s");
        }
    }

    static boolean runsCommand(Probe probe) {
        return probe.check() instanceof Probe.Exec;
    }

    static int seconds(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.plusNanos(999_999_999).toSeconds());
    }

    static int within(int value, int least, int most) {
        return Math.max(least, Math.min(most, value));
    }
}

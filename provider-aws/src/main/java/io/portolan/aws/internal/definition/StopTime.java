package io.portolan.aws.internal.definition;

import io.portolan.aws.internal.config.Capacity;
import java.time.Duration;

/** The time between SIGTERM and SIGKILL. Pure. */
public final class StopTime {
    /** Longest on Fargate. Source: ECS API, ContainerDefinition.stopTimeout (2026-08). */
    private static final int LONGEST = 120;

    private static final int SHORTEST = 2;

    private StopTime() {}

    /**
     * What ECS takes instead of a grace period.
     *
     * @param grace as asked
     * @param capacity where the task runs
     * @return seconds
     */
    public static int of(Duration grace, Capacity capacity) {
        int most = capacity.isFargate() ? LONGEST : Integer.MAX_VALUE;
        return HealthCheckMapper.within(HealthCheckMapper.seconds(grace), SHORTEST, most);
    }
}

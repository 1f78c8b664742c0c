package io.portolan.emulator.internal.relay;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All target groups of a cloud. */
public final class TargetGroups implements AutoCloseable {
    private final Map<String, TargetGroup> groups = new ConcurrentHashMap<>();

    /** No target groups. */
    public TargetGroups() {}

    /**
     * Makes a target group, or changes the check of one.
     *
     * @param name the ARN
     * @param healthCheckPath that servers must answer with 200
     * @return where requests are taken
     */
    public URI declare(String name, String healthCheckPath) {
        return open(name, healthCheckPath).relay().uri();
    }

    /**
     * Makes a target group, or changes the check of one.
     *
     * @param name the ARN
     * @param healthCheckPath that servers must answer with 200
     */
    public TargetGroup open(String name, String healthCheckPath) {
        return groups.compute(
                name,
                (key, group) -> group == null
                        ? new TargetGroup(name, healthCheckPath, Relay.open())
                        : group.checkedBy(healthCheckPath));
    }

    /** A target group. */
    public Optional<TargetGroup> find(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    /** Removes a target group. */
    public void remove(String name) {
        TargetGroup group = groups.remove(name);
        if (group != null) {
            group.relay().close();
        }
    }

    @Override
    public void close() {
        groups.keySet().forEach(this::remove);
    }
}

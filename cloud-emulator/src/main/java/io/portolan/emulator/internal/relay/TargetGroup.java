package io.portolan.emulator.internal.relay;

/**
 * What a load balancer passes requests on to.
 *
 * @param name the ARN
 * @param healthCheckPath that servers must answer with 200
 * @param relay that passes requests on
 */
public record TargetGroup(String name, String healthCheckPath, Relay relay) {
    /** The same relay with another check. */
    public TargetGroup checkedBy(String path) {
        return new TargetGroup(name, path, relay);
    }
}

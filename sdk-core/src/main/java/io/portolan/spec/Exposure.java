package io.portolan.spec;

/** Who can reach a service. */
public enum Exposure {
    /** Anyone who can reach the provider's endpoint. On the local engine: the machine's loopback address. */
    PUBLIC,
    /** Only what runs in the same application or network. On the local engine: no host port, other services by name. */
    INTERNAL
}

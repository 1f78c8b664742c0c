package io.portolan.spec;

import java.util.Objects;

/**
 * The port that a service listens on, inside the container. It is told to the container as {@code PORT}.
 *
 * @param number 1 to 65535; Cloud Run's default is 8080
 * @param protocol what is spoken on it
 */
public record Port(int number, Protocol protocol) {
    /** What is spoken on a port. */
    public enum Protocol {
        /** HTTP/1.1: requests can be routed, retried and drained one by one. */
        HTTP,
        /** Any protocol over TCP: connections are routed as a whole. */
        TCP
    }

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the number is not 1 to 65535
     */
    public Port {
        Objects.requireNonNull(protocol, "protocol");
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException(
                    "port was '" + number + "' but must be 1 to 65535; for example Port.http(8080)");
        }
    }

    /**
     * A port for HTTP/1.1.
     *
     * @param number 1 to 65535
     * @return the port
     */
    public static Port http(int number) {
        return new Port(number, Protocol.HTTP);
    }

    /**
     * A port for any protocol over TCP.
     *
     * @param number 1 to 65535
     * @return the port
     */
    public static Port tcp(int number) {
        return new Port(number, Protocol.TCP);
    }
}

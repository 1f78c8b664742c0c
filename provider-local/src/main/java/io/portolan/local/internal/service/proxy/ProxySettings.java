package io.portolan.local.internal.service.proxy;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.spi.ProviderConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of proxies.
 *
 * @param application whose services they serve
 * @param mode which kind
 * @param image the image of HAProxy
 * @param imageGiven whether the user chose the image
 * @param drainTimeout how long what began under a former route may go on
 * @param fixedPorts service to host port
 */
public record ProxySettings(
        String application,
        Mode mode,
        String image,
        boolean imageGiven,
        Duration drainTimeout,
        Map<String, Integer> fixedPorts) {
    /** The kinds of proxies. */
    public enum Mode {
        /** HAProxy in a container; outlives the JVM. */
        CONTAINER,
        /** A relay in the JVM; ends with the connection to the engine. */
        IN_PROCESS
    }

    /** Copies the map. */
    public ProxySettings {
        fixedPorts = Map.copyOf(fixedPorts);
    }

    /**
     * Reads the settings.
     *
     * @param config the section of the provider
     * @return the settings
     * @throws InvalidSpecException with every value that cannot be read
     */
    public static ProxySettings of(ProviderConfig config) {
        List<Violation> violations = new ArrayList<>();
        Map<String, Integer> ports = new LinkedHashMap<>();
        config.under(ProxyKeys.SERVICE_PORT).forEach((service, text) -> {
            if (text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535) {
                ports.put(service, Integer.valueOf(text));
            } else {
                violations.add(new Violation(
                        "portolan.local." + ProxyKeys.SERVICE_PORT + "." + service,
                        text,
                        "must be a port, 1 to 65535",
                        "write for example 8080"));
            }
        });
        String mode = config.text(ProxyKeys.MODE).orElse("");
        if (!mode.equals("container") && !mode.equals("in-process")) {
            violations.add(new Violation(
                    "portolan.local." + ProxyKeys.MODE,
                    mode,
                    "must be container or in-process",
                    "write 'container' unless the service may end with this JVM"));
        }
        Duration drain = config.duration(ProxyKeys.DRAIN_TIMEOUT);
        if (drain.isNegative() || drain.compareTo(Duration.ofHours(1)) > 0) {
            violations.add(new Violation(
                    "portolan.local." + ProxyKeys.DRAIN_TIMEOUT,
                    drain.toString(),
                    "must be 0 to 1 hour",
                    "write for example 30s"));
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException("configuration of provider 'local'", violations);
        }
        return new ProxySettings(
                config.application(),
                mode.equals("container") ? Mode.CONTAINER : Mode.IN_PROCESS,
                config.text(ProxyKeys.IMAGE).orElse(ProxyKeys.DEFAULT_IMAGE),
                config.text(ProxyKeys.IMAGE).isPresent(),
                drain,
                ports);
    }

    /**
     * The host port that the user fixed for a service.
     *
     * @param service the service
     * @return 0 for none
     */
    int fixedPort(String service) {
        return fixedPorts.getOrDefault(service, 0);
    }
}

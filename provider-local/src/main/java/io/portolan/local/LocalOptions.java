package io.portolan.local;

import io.portolan.id.ProviderId;
import io.portolan.local.internal.container.LocalSettings;
import io.portolan.spec.MemorySize;
import io.portolan.spec.ProviderOptions;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a job or a service that only the Docker engine knows. Other providers ignore them and say so in the portability report.
 *
 * <p>There is no option for privileged containers, added capabilities or devices: what needs them runs on no cloud that this SDK knows.
 *
 * <p>Immutable and thread-safe; the setters return changed copies. In a spec file: {@code options.local.networkMode} and so on, by the
 * names of the setters.
 */
public final class LocalOptions implements ProviderOptions {
    /** Nothing set. */
    public static final LocalOptions NONE = new LocalOptions(Map.of());

    private static final Pattern NETWORK = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.:-]*");
    private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9.-]*");
    private static final Pattern ADDRESS = Pattern.compile("host-gateway|[0-9a-fA-F.:]+");
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+/[a-z0-9]+(/[a-z0-9]+)?");

    private final Map<String, String> settings;

    private LocalOptions(Map<String, String> settings) {
        this.settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * Attaches the container to another network than the one of its application.
     *
     * @param mode {@code bridge}, {@code none}, {@code host}, or the name of a network that exists; default: the network of the
     *     application if it has one, else {@code bridge}
     * @return a changed copy
     * @throws IllegalArgumentException if the text is no such name
     */
    public LocalOptions networkMode(String mode) {
        return with(LocalSettings.NETWORK_MODE, mode, NETWORK, "bridge");
    }

    /**
     * Adds a line to the container's {@code /etc/hosts}.
     *
     * @param host the name, for example {@code host.docker.internal}
     * @param address an IP address, or {@code host-gateway} for the engine's machine
     * @return a changed copy
     * @throws IllegalArgumentException if one of them is malformed
     */
    public LocalOptions extraHost(String host, String address) {
        check("extraHost", host, HOST, "host.docker.internal");
        check("address of extraHost", address, ADDRESS, "host-gateway");
        String earlier = settings.get(LocalSettings.EXTRA_HOSTS);
        String line = host + ":" + address;
        return with(LocalSettings.EXTRA_HOSTS, earlier == null ? line : earlier + "," + line);
    }

    /**
     * The size of {@code /dev/shm}. Raise it for databases and for Python's multiprocessing.
     *
     * @param size default: the engine's, 64 MiB
     * @return a changed copy
     */
    public LocalOptions shmSize(MemorySize size) {
        return with(LocalSettings.SHM_SIZE, size.toString());
    }

    /**
     * Which variant of an image to run, for engines that emulate other processors.
     *
     * @param platform {@code os/architecture[/variant]}, for example {@code linux/arm64}; default: the engine's own
     * @return a changed copy
     * @throws IllegalArgumentException if the text has another shape
     */
    public LocalOptions platform(String platform) {
        return with(LocalSettings.PLATFORM, platform, PLATFORM, "linux/arm64");
    }

    @Override
    public ProviderId provider() {
        return ProviderId.LOCAL;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocalOptions that && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    @Override
    public String toString() {
        return "LocalOptions" + settings;
    }

    private LocalOptions with(String name, String value, Pattern shape, String example) {
        check(name, value, shape, example);
        return with(name, value);
    }

    private LocalOptions with(String name, String value) {
        Map<String, String> changed = new TreeMap<>(settings);
        changed.put(name, value);
        return new LocalOptions(changed);
    }

    private static void check(String name, String value, Pattern shape, String example) {
        Objects.requireNonNull(value, name);
        if (!shape.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    name + " was '" + value + "' but must match " + shape + "; for example '" + example + "'");
        }
    }
}

package io.portolan.local.internal.container;

import io.portolan.id.ProviderId;
import io.portolan.spec.MemorySize;
import io.portolan.spec.ProviderOptions;
import io.portolan.spec.WorkloadSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a spec that only this provider reads, from their text form: so they work the same for {@code LocalOptions} in code and
 * for {@code options.local} in a spec file.
 *
 * @param networkMode as Docker takes it, null for ours
 * @param extraHosts {@code name:address}
 * @param shmSize size of {@code /dev/shm}, null for the engine's
 * @param platform {@code os/architecture[/variant]}, null for the engine's own
 */
public record LocalSettings(
        @Nullable String networkMode,
        List<String> extraHosts,
        @Nullable MemorySize shmSize,
        @Nullable String platform) {
    /** See the record. */
    public static final String NETWORK_MODE = "networkMode";

    /** See the record; joined by commas. */
    public static final String EXTRA_HOSTS = "extraHosts";

    /** See the record. */
    public static final String SHM_SIZE = "shmSize";

    /** See the record. */
    public static final String PLATFORM = "platform";

    /** Every name. */
    public static final List<String> NAMES = List.of(NETWORK_MODE, EXTRA_HOSTS, SHM_SIZE, PLATFORM);

    /** Nothing set. */
    public static final LocalSettings NONE = new LocalSettings(null, List.of(), null, null);

    /** Copies the list. */
    public LocalSettings {
        extraHosts = List.copyOf(extraHosts);
    }

    /**
     * Reads the options of a spec. Values that cannot be read are left out here and rejected by the portability check.
     *
     * @param spec the spec
     * @return {@link #NONE} if it has none for this provider
     */
    public static LocalSettings of(WorkloadSpec spec) {
        return spec.options().stream()
                .filter(o -> o.provider().equals(ProviderId.LOCAL))
                .findFirst()
                .map(ProviderOptions::settings)
                .map(LocalSettings::of)
                .orElse(NONE);
    }

    /**
     * Reads options.
     *
     * @param settings names and values
     * @return the settings
     * @throws IllegalArgumentException if a size cannot be read
     */
    public static LocalSettings of(Map<String, String> settings) {
        String hosts = settings.getOrDefault(EXTRA_HOSTS, "");
        String shm = settings.get(SHM_SIZE);
        return new LocalSettings(
                settings.get(NETWORK_MODE),
                hosts.isBlank() ? List.of() : Arrays.asList(hosts.split(",")),
                shm == null ? null : MemorySize.parse(shm),
                settings.get(PLATFORM));
    }
}

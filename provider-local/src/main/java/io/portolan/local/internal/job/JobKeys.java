package io.portolan.local.internal.job;

import io.portolan.spi.ConfigKey;
import java.util.List;

/** The settings of jobs, in the section {@code portolan.local}. */
public final class JobKeys {
    /** When an attempt that another JVM made is taken over. */
    public static final String ADOPT_AFTER = "adopt-after";

    /** All of them. */
    public static final List<ConfigKey> ALL = List.of(ConfigKey.withDefault(
            ADOPT_AFTER,
            ConfigKey.Type.DURATION,
            "5s",
            "How long a container that another JVM created may stay unstarted before this one takes it over; any value is"
                    + " safe, a small one costs calls."));

    private JobKeys() {}
}

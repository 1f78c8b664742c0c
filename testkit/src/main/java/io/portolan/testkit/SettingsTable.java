package io.portolan.testkit;

import io.portolan.spi.ConfigKey;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of settings in the guide of a provider, as its code says: a test of the provider keeps its guide true with it. */
public final class SettingsTable {
    private SettingsTable() {}

    /**
     * The table.
     *
     * @param keys the keys of a provider
     * @return Markdown, one line for each key, with a head
     */
    public static String of(List<ConfigKey> keys) {
        return "| key | type | default | what it does |\n|---|---|---|---|\n"
                + keys.stream().map(SettingsTable::row).collect(Collectors.joining());
    }

    private static String row(ConfigKey key) {
        return "| `" + key.name() + "` | " + key.type().name().toLowerCase(Locale.ROOT) + " | "
                + key.defaultText().map(text -> "`" + text + "`").orElse("") + " | " + key.description() + " |\n";
    }
}

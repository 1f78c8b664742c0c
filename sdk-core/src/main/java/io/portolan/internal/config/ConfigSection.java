package io.portolan.internal.config;

import io.portolan.error.Violation;
import io.portolan.spi.ConfigKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings under one prefix, checked against the keys that exist there. Values of unknown names are not repeated: a mistyped name may hold a password. */
public final class ConfigSection {
    private static final String HIDDEN = "***";

    private final KeyTable table;
    private final Set<String> names = new LinkedHashSet<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<Violation> ambiguous = new ArrayList<>();

    private ConfigSection(String prefix, List<ConfigKey> keys) {
        this.table = new KeyTable(prefix, keys);
    }

    /**
     * A section of what was read and what code sets on top of it.
     *
     * @param layers what was read
     * @param prefix of the names, with the last dot, for example {@code portolan.local.}
     * @param keys every key that exists there
     * @param set names relative to the section, over all that was read
     * @return the section
     */
    public static ConfigSection of(ConfigLayers layers, String prefix, List<ConfigKey> keys, Map<String, String> set) {
        ConfigSection section = new ConfigSection(prefix, keys);
        section.addNames(layers);
        section.violations.addAll(section.ambiguous);
        section.names.addAll(section.table.fixedNames());
        section.names.removeAll(set.keySet());
        for (String name : section.names) {
            layers.value(prefix + name, section.violations).ifPresent(text -> section.put(name, text));
        }
        section.putAll(set);
        return section;
    }

    /**
     * A section of what code sets.
     *
     * @param prefix as above
     * @param keys as above
     * @param set as above
     * @return the section
     */
    public static ConfigSection of(String prefix, List<ConfigKey> keys, Map<String, String> set) {
        ConfigSection section = new ConfigSection(prefix, keys);
        section.putAll(set);
        return section;
    }

    /**
     * The names that no key has, without a look at any value.
     *
     * @param layers what was read
     * @param prefix as above
     * @param keys as above
     * @return one violation for each
     */
    public static List<Violation> unknownNames(ConfigLayers layers, String prefix, List<ConfigKey> keys) {
        ConfigSection section = new ConfigSection(prefix, keys);
        section.addNames(layers);
        return section.violations();
    }

    /**
     * What is set, by names relative to the section. Defaults are not among it.
     *
     * @return unmodifiable
     */
    public Map<String, String> values() {
        return Collections.unmodifiableMap(values);
    }

    /**
     * What is wrong.
     *
     * @return empty if all is well
     */
    public List<Violation> violations() {
        return Collections.unmodifiableList(violations);
    }

    private void addNames(ConfigLayers layers) {
        layers.origins().forEach((name, origin) -> {
            if (name.startsWith(table.prefix())) {
                addName(name.substring(table.prefix().length()), origin);
            }
        });
        Set<String> present = Set.copyOf(names);
        String start = EnvironmentNames.of(table.prefix());
        for (String variable : layers.variables().keySet()) {
            if (variable.startsWith(start)) {
                addVariable(variable, present);
            }
        }
    }

    private void addName(String name, String origin) {
        if (table.find(name).isPresent()) {
            names.add(name);
        } else {
            violations.add(new Violation(
                    table.prefix() + name, HIDDEN, "is not a known key (" + origin + ")", table.fixOf(name)));
        }
    }

    private void addVariable(String variable, Set<String> present) {
        Set<String> meant = table.meanings(variable, present);
        if (meant.isEmpty()) {
            violations.add(new Violation(variable, HIDDEN, "is not a known variable", table.fixOfVariable(variable)));
        } else if (meant.size() > 1) {
            ambiguous.add(new Violation(
                    variable,
                    HIDDEN,
                    "must mean one key, but it can mean " + meant,
                    "set the one you mean in portolan.yaml or as a system property"));
        } else {
            names.addAll(meant);
        }
    }

    private void putAll(Map<String, String> set) {
        set.forEach((name, text) -> {
            int before = violations.size();
            addName(name, "set in code");
            if (violations.size() == before && !text.isBlank()) {
                put(name, text);
            }
        });
    }

    private void put(String name, String text) {
        table.find(name).ifPresent(key -> {
            String checked = ValueRules.check(table.prefix() + name, text, key, violations);
            if (checked != null) {
                values.put(name, checked);
            }
        });
    }
}

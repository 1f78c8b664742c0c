package io.portolan.internal.config;

import io.portolan.internal.text.NearestName;
import io.portolan.spi.ConfigKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys that exist under one prefix, found by name or by environment variable. A key whose last part is {@code *} is free: it stands
 * for any name there. A fixed key goes before a free one, a longer free one before a shorter.
 *
 * @param prefix with the last dot, for example {@code portolan.local.}
 * @param keys every key, names relative to the prefix
 */
record KeyTable(String prefix, List<ConfigKey> keys) {
    private static final int MOST_LISTED = 12;

    KeyTable {
        keys = List.copyOf(keys);
    }

    /** The names without a free part. */
    List<String> fixedNames() {
        return keys.stream().map(ConfigKey::name).filter(n -> !isFree(n)).toList();
    }

    /** The key of a name. */
    Optional<ConfigKey> find(String name) {
        ConfigKey best = null;
        for (ConfigKey key : keys) {
            if (!isFree(key.name())) {
                if (key.name().equals(name)) {
                    return Optional.of(key);
                }
            } else if (name.startsWith(start(key))
                    && name.length() > start(key).length()
                    && (best == null || best.name().length() < key.name().length())) {
                best = key;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * The names that a variable can mean.
     *
     * @param variable the environment variable
     * @param present names that are set in other sources: a variable overrides one of these before it makes a new free name
     */
    Set<String> meanings(String variable, Set<String> present) {
        Set<String> meant = new TreeSet<>();
        for (String name : fixedNames()) {
            if (variableOf(name).equals(variable)) {
                meant.add(name);
            }
        }
        for (String name : present) {
            if (variableOf(name).equals(variable)) {
                meant.add(name);
            }
        }
        if (meant.isEmpty()) {
            String best = "";
            for (ConfigKey key : keys) {
                String start = isFree(key.name()) ? start(key) : "";
                String variableStart = variableOf(start);
                if (start.length() > best.length()
                        && variable.startsWith(variableStart)
                        && variable.length() > variableStart.length()) {
                    best = start;
                    meant.clear();
                    meant.add(start + EnvironmentNames.freePart(variable.substring(variableStart.length())));
                }
            }
        }
        return meant;
    }

    String variableOf(String name) {
        return EnvironmentNames.of(prefix + name);
    }

    /** What to write in place of an unknown name. */
    String fixOf(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        List<String> known = keys.stream()
                .map(k -> isFree(k.name()) ? start(k) + last : k.name())
                .toList();
        return fix(name, prefix, known);
    }

    /** What to write in place of an unknown variable. */
    String fixOfVariable(String variable) {
        List<String> known = new ArrayList<>();
        for (ConfigKey key : keys) {
            if (isFree(key.name())) {
                String start = variableOf(start(key));
                int parts = start.split("_", -1).length - 1;
                String[] written = variable.split("_", parts + 1);
                known.add(start + (written.length > parts ? written[parts] : "NAME"));
            } else {
                known.add(variableOf(key.name()));
            }
        }
        return fix(variable, "", known);
    }

    private static String fix(String name, String prefix, List<String> known) {
        if (known.isEmpty()) {
            return "remove it; no key exists here";
        }
        List<String> shown = known.size() <= MOST_LISTED ? known : known.subList(0, MOST_LISTED);
        return NearestName.of(name, known)
                .map(n -> "did you mean '" + prefix + n + "'?")
                .orElse("remove it or use one of " + String.join(", ", shown)
                        + (known.size() > MOST_LISTED ? ", and " + (known.size() - MOST_LISTED) + " more" : ""));
    }

    private static String start(ConfigKey key) {
        return key.name().substring(0, key.name().length() - 1);
    }

    private static boolean isFree(String keyName) {
        return keyName.endsWith(".*");
    }
}

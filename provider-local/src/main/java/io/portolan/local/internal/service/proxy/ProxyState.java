package io.portolan.local.internal.service.proxy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a proxy says about itself.
 *
 * @param generation the route in force
 * @param ready which targets get traffic, by name
 */
public record ProxyState(int generation, Map<String, Boolean> ready) {
    private static final String GENERATION = "generation";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** Copies the map. */
    public ProxyState {
        Objects.requireNonNull(ready, "ready");
        ready = Map.copyOf(ready);
    }

    /**
     * Reads the line that the monitor port answers: {@code generation=7 r3-1=1 r3-2=0}.
     *
     * @param line the answer
     * @return empty if it is not such a line
     */
    static Optional<ProxyState> parse(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : line.strip().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        String generation = values.remove(GENERATION);
        if (generation == null || !NUMBER.matcher(generation).matches()) {
            return Optional.empty();
        }
        Map<String, Boolean> ready = new LinkedHashMap<>();
        values.forEach((name, value) -> ready.put(name, value.equals("1")));
        return Optional.of(new ProxyState(Integer.parseInt(generation), ready));
    }
}

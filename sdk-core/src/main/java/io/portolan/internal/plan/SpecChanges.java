package io.portolan.internal.plan;

import io.portolan.plan.Change;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The difference between a deployed document and a wanted spec, field by field. Pure. */
public final class SpecChanges {
    private SpecChanges() {}

    /**
     * What a deployment changes.
     *
     * @param deployed the document of the serving revision, null if there is none
     * @param wanted the spec
     * @return in the order of the paths; empty if the two are equal
     */
    public static List<Change> between(@Nullable String deployed, ServiceSpec wanted) {
        if (deployed == null) {
            return List.of(new Change(
                    Change.Kind.CREATE,
                    "service " + wanted.name(),
                    "",
                    wanted.container().image().toString()));
        }
        Map<String, String> before = flat(deployed);
        Map<String, String> after = flat(SpecYaml.write(wanted));
        List<Change> changes = new ArrayList<>();
        TreeMap<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        for (String path : all.keySet()) {
            String from = before.get(path);
            String to = after.get(path);
            if (!Objects.equals(from, to)) {
                changes.add(new Change(
                        Change.Kind.UPDATE,
                        path,
                        Objects.requireNonNullElse(from, ""),
                        Objects.requireNonNullElse(to, "")));
            }
        }
        return changes;
    }

    private static Map<String, String> flat(String document) {
        Map<String, String> flat = new TreeMap<>();
        flatten("", new Yaml(new SafeConstructor(new LoaderOptions())).load(document), flat);
        return flat;
    }

    private static void flatten(String path, @Nullable Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> flatten(path.isEmpty() ? key.toString() : path + "." + key, inner, into));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), into);
            }
        } else {
            into.put(path, String.valueOf(value));
        }
    }
}

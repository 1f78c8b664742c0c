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
        Map<String, String> before = SpecYaml.fields(SpecYaml.read(deployed));
        Map<String, String> after = SpecYaml.fields(wanted);
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
}

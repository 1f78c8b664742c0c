package io.portolan.gcp.internal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.spec.Cpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.MemorySize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The models of GPU that Cloud Run has: data, and over it the keys {@code gpus.*}. Immutable. */
public final class GpuTypes {
    /** Accelerator, CPUs and memory, as {@code gpus.MODEL} has them. */
    private static final Pattern TEXT =
            Pattern.compile("\\s*([a-z0-9][a-z0-9-]{0,62})\\s+([1-9][0-9]{0,2})\\s+([1-9][0-9]{0,6}(?:Mi|Gi))\\s*");

    private final Map<String, GpuType> types;

    private GpuTypes(Map<String, GpuType> types) {
        this.types = types;
    }

    /** The data is read when a spec with a GPU is first looked at. */
    private static final class Loaded {
        static final JsonNode DATA = DataFile.json("gpu-types.json");
    }

    /**
     * The models.
     *
     * @param settings the settings
     * @return those of the data, and over them those that the configuration names and that can be read
     */
    public static GpuTypes of(GcpSettings settings) {
        Map<String, GpuType> types = new LinkedHashMap<>();
        for (JsonNode row : Loaded.DATA.path("types")) {
            String model = row.path("model").asText();
            CloudRunSize least =
                    new CloudRunSize(row.path("cpu").asInt(), row.path("memory").asLong());
            types.put(
                    model,
                    new GpuType(
                            model,
                            row.path("accelerator").asText(),
                            least,
                            row.path("shapes").asText().equals("own")));
        }
        settings.config().under(GcpKeys.GPUS).forEach((model, text) -> {
            Matcher matcher = TEXT.matcher(text);
            if (matcher.matches()) {
                CloudRunSize least = new CloudRunSize(
                        Cpu.parse(matcher.group(2)).millis(),
                        MemorySize.parse(matcher.group(3)).toMebibytesCeil());
                types.put(model, new GpuType(model, matcher.group(1), least, true));
            }
        });
        return new GpuTypes(types);
    }

    /**
     * Where the models are from, and when.
     *
     * @return for findings
     */
    public static String source() {
        return Loaded.DATA.path("source").asText() + " ("
                + Loaded.DATA.path("date").asText() + ")";
    }

    /**
     * Whether a setting is a model.
     *
     * @param text a value of {@code gpus.*}
     * @return true for example for {@code nvidia-l4 4 16Gi}
     */
    public static boolean isType(String text) {
        return TEXT.matcher(text).matches();
    }

    /**
     * The model that carries what is asked.
     *
     * @param model as the spec names it; {@link GpuModel#NVIDIA_ANY} is the first of the data
     * @return empty if Cloud Run has none
     */
    public Optional<GpuType> find(GpuModel model) {
        if (model.equals(GpuModel.NVIDIA_ANY)) {
            return types.values().stream().findFirst();
        }
        return Optional.ofNullable(types.get(model.name()));
    }

    /**
     * Every model.
     *
     * @return in the order of the data
     */
    public List<GpuType> all() {
        return new ArrayList<>(types.values());
    }

    /**
     * Where Cloud Run is said to have a model. For information: the platform decides.
     *
     * @param model its name
     * @return regions, empty if none is known
     */
    public static List<String> regions(String model) {
        List<String> regions = new ArrayList<>();
        for (JsonNode row : Loaded.DATA.path("types")) {
            if (row.path("model").asText().equals(model)) {
                row.path("regions").forEach(region -> regions.add(region.asText()));
            }
        }
        return List.copyOf(regions);
    }

    /**
     * How far Cloud Run has come with a model.
     *
     * @param model its name
     * @return true if the data says that it is a preview
     */
    public static boolean isPreview(String model) {
        for (JsonNode row : Loaded.DATA.path("types")) {
            if (row.path("model").asText().equals(model)) {
                return row.path("stage").asText().equals("PREVIEW");
            }
        }
        return false;
    }
}

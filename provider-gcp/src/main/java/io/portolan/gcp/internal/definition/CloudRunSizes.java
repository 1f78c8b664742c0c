package io.portolan.gcp.internal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.spec.Cpu;
import io.portolan.spec.MemorySize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes that Cloud Run has: each number of CPUs with a range of memory. What is asked for becomes the smallest that holds it. Data, and
 * over it the keys {@code shapes.*}. Immutable.
 */
public final class CloudRunSizes {
    /** A range of memory, as {@code shapes.N} has it. */
    private static final Pattern RANGE =
            Pattern.compile("\\s*([0-9]{1,12}(?:Mi|Gi))\\s*-\\s*([0-9]{1,12}(?:Mi|Gi))\\s*");

    private static final Pattern CPUS = Pattern.compile("[1-9][0-9]{0,2}");

    private final List<Shape> shapes;

    private CloudRunSizes(List<Shape> shapes) {
        this.shapes = List.copyOf(shapes);
    }

    /** One number of CPUs and the memory that it can have, in MiB. */
    private record Shape(int cpu, long least, long most) {
        static Shape of(JsonNode row) {
            JsonNode memory = row.path("memory");
            return new Shape(
                    row.path("cpu").asInt(),
                    memory.path("min").asLong(),
                    memory.path("max").asLong());
        }
    }

    /** The data is read when a spec is first looked at. */
    private static final class Loaded {
        static final JsonNode DATA = DataFile.json("cloud-run-sizes.json");
        static final List<Shape> SHAPES = shapes("shapes");
        static final List<Shape> FRACTIONS = shapes("fractions");
        static final long GEN2 = DATA.path("gen2").path("memory").asLong();

        private static List<Shape> shapes(String name) {
            List<Shape> shapes = new ArrayList<>();
            DATA.path(name).forEach(row -> shapes.add(Shape.of(row)));
            return List.copyOf(shapes);
        }
    }

    /**
     * The sizes.
     *
     * @param settings the settings
     * @return those of the data, and over them those that the configuration names and that can be read
     */
    public static CloudRunSizes of(GcpSettings settings) {
        TreeMap<Integer, Shape> shapes = new TreeMap<>();
        Loaded.SHAPES.forEach(shape -> shapes.put(shape.cpu(), shape));
        settings.config().under(GcpKeys.SHAPES).forEach((cpus, range) -> {
            Matcher memory = RANGE.matcher(range);
            if (isShape(cpus, range) && memory.matches()) {
                int cpu = Integer.parseInt(cpus) * CloudRunSize.ONE;
                shapes.put(cpu, new Shape(cpu, mebibytes(memory.group(1)), mebibytes(memory.group(2))));
            }
        });
        return new CloudRunSizes(List.copyOf(shapes.values()));
    }

    /**
     * Where the sizes are from, and when.
     *
     * @return for findings
     */
    public static String source() {
        return Loaded.DATA.path("source").asText() + " ("
                + Loaded.DATA.path("date").asText() + ")";
    }

    /**
     * Whether a setting is a shape.
     *
     * @param cpus the rest of the key {@code shapes.N}
     * @param range its value
     * @return true for a whole number and for example {@code 8Gi-64Gi}
     */
    public static boolean isShape(String cpus, String range) {
        Matcher memory = RANGE.matcher(range);
        return CPUS.matcher(cpus).matches()
                && memory.matches()
                && mebibytes(memory.group(1)) >= 1
                && mebibytes(memory.group(1)) <= mebibytes(memory.group(2));
    }

    /**
     * The least memory of the second generation of the sandbox, which jobs have.
     *
     * @return in MiB
     */
    public static long leastOfGen2() {
        return Loaded.GEN2;
    }

    /**
     * The smallest size of whole CPUs that holds what is asked: the fewest CPUs, then the least memory.
     *
     * @param cpu the most processor time
     * @param memory the most memory
     * @return empty if none is large enough
     */
    public Optional<CloudRunSize> fit(Cpu cpu, MemorySize memory) {
        return first(shapes, cpu, memory);
    }

    /**
     * The smallest size of less than one CPU that holds what is asked.
     *
     * @param cpu the most processor time
     * @param memory the most memory
     * @return empty if it needs one CPU or more
     */
    public Optional<CloudRunSize> fraction(Cpu cpu, MemorySize memory) {
        long mebibytes = memory.toMebibytesCeil();
        return Loaded.FRACTIONS.stream()
                .filter(shape -> mebibytes <= shape.most())
                .map(shape -> new CloudRunSize(Math.max(cpu.millis(), shape.cpu()), Math.max(mebibytes, shape.least())))
                .filter(CloudRunSize::isFraction)
                .findFirst();
    }

    /**
     * The sizes that miss what is asked by the least: of each number of CPUs the memory that is nearest.
     *
     * @param cpu the most processor time
     * @param memory the most memory
     * @return two, the nearest first
     */
    public List<CloudRunSize> nearest(Cpu cpu, MemorySize memory) {
        double millis = cpu.millis();
        double mebibytes = memory.toMebibytesCeil();
        Comparator<CloudRunSize> byLack =
                Comparator.comparingDouble(size -> lack(size.cpu(), millis) + lack((double) size.memory(), mebibytes));
        return shapes.stream()
                .map(shape -> new CloudRunSize(
                        shape.cpu(), Math.max(shape.least(), Math.min(shape.most(), memory.toMebibytesCeil()))))
                .sorted(byLack)
                .limit(2)
                .toList();
    }

    /**
     * What is asked, in words.
     *
     * @param cpu the most processor time
     * @param memory the most memory
     * @return for example {@code cpu 1500m and memory 3 GiB}
     */
    public static String asked(Cpu cpu, MemorySize memory) {
        return "cpu " + cpu + " and memory " + CloudRunSize.text(memory);
    }

    private static Optional<CloudRunSize> first(List<Shape> shapes, Cpu cpu, MemorySize memory) {
        long mebibytes = memory.toMebibytesCeil();
        return shapes.stream()
                .filter(shape -> shape.cpu() >= cpu.millis() && shape.most() >= mebibytes)
                .findFirst()
                .map(shape -> new CloudRunSize(shape.cpu(), Math.max(mebibytes, shape.least())));
    }

    private static double lack(double has, double asked) {
        return Math.max(0, (asked - has) / asked);
    }

    private static long mebibytes(String text) {
        return MemorySize.parse(text.equals("0Mi") || text.equals("0Gi") ? "1" : text)
                .toMebibytesCeil();
    }
}

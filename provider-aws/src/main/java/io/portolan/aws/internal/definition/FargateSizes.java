package io.portolan.aws.internal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.spec.Cpu;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The task sizes that Fargate has. Only those exist: what is asked for becomes the cheapest that holds it. Immutable. */
public final class FargateSizes {
    /** Where the sizes are from, and when. */
    public static final String SOURCE =
            "docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html (2026-11)";

    private final List<TaskSize> sizes;

    private FargateSizes(List<TaskSize> sizes) {
        this.sizes = List.copyOf(sizes);
    }

    /** The data is read when a task on Fargate is first looked at. */
    private static final class Loaded {
        static final FargateSizes SIZES = load();
    }

    /**
     * The sizes as the provider knows them.
     *
     * @return the same at every call
     */
    public static FargateSizes known() {
        return Loaded.SIZES;
    }

    /**
     * Every size.
     *
     * @return by processors, then by memory
     */
    public List<TaskSize> all() {
        return sizes;
    }

    /**
     * The cheapest size that holds what is asked: the fewest processors, then the least memory.
     *
     * @param cpu the most processor time
     * @param memory the most memory
     * @return empty if none is large enough
     */
    public Optional<TaskSize> fit(Cpu cpu, MemorySize memory) {
        int units = TaskSize.units(cpu.millis());
        long mebibytes = memory.toMebibytesCeil();
        return sizes.stream()
                .filter(size -> size.cpu() >= units && size.memory() >= mebibytes)
                .findFirst();
    }

    /**
     * The size of a task.
     *
     * @param resources what is asked
     * @return the size
     * @throws IllegalArgumentException if none is large enough
     */
    public TaskSize require(Resources resources) {
        return fit(resources.cpu(), resources.memory())
                .orElseThrow(() -> new IllegalArgumentException(
                        "no Fargate shape fits " + asked(resources.cpu(), resources.memory())));
    }

    /**
     * What is asked, in words.
     *
     * @param cpu the most processor time
     * @param memory the most memory
     * @return for example {@code cpu 1500m and memory 3 GiB}
     */
    public static String asked(Cpu cpu, MemorySize memory) {
        return "cpu " + cpu + " and memory " + TaskSize.text(memory);
    }

    /**
     * The sizes that miss what is asked by the least.
     *
     * @param cpu the most processor time
     * @param memory the most memory
     * @return two, the nearest first
     */
    public List<TaskSize> nearest(Cpu cpu, MemorySize memory) {
        double units = TaskSize.units(cpu.millis());
        double mebibytes = memory.toMebibytesCeil();
        Comparator<TaskSize> byLack =
                Comparator.comparingDouble(size -> lack(size.cpu(), units) + lack((double) size.memory(), mebibytes));
        return sizes.stream().sorted(byLack).limit(2).toList();
    }

    private static double lack(double has, double asked) {
        return Math.max(0, (asked - has) / asked);
    }

    private static FargateSizes load() {
        List<TaskSize> sizes = new ArrayList<>();
        for (JsonNode row : resource("fargate-sizes.json").path("sizes")) {
            JsonNode memory = row.path("memory");
            int cpu = row.path("cpu").asInt();
            if (memory.isArray()) {
                memory.forEach(value -> sizes.add(new TaskSize(cpu, value.asLong())));
            } else {
                for (long value = memory.path("min").asLong();
                        value <= memory.path("max").asLong();
                        value += memory.path("step").asLong()) {
                    sizes.add(new TaskSize(cpu, value));
                }
            }
        }
        sizes.sort(Comparator.comparingInt(TaskSize::cpu).thenComparingLong(TaskSize::memory));
        return new FargateSizes(sizes);
    }

    static JsonNode resource(String name) {
        try (InputStream in = FargateSizes.class.getResourceAsStream("/io/portolan/aws/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the data " + name + " is missing in the jar of the AWS provider");
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the data " + name + " of the AWS provider cannot be read", e);
        }
    }
}

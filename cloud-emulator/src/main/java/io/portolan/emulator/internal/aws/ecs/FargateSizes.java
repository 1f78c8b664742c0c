package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The pairs of cpu and memory that Fargate has. */
final class FargateSizes {
    private static final JsonNode SIZES = load();

    private FargateSizes() {}

    static void check(@Nullable String cpu, @Nullable String memory) {
        if (cpu == null) {
            throw AwsError.client("Fargate requires that 'cpu' be defined at the task level.");
        }
        if (memory == null) {
            throw AwsError.client("Fargate requires that 'memory' be defined at the task level.");
        }
        int units = cpuUnits(cpu);
        int mebibytes = memoryMiB(memory);
        for (JsonNode size : SIZES) {
            if (size.path("cpu").asInt() == units) {
                if (!fits(size.path("memory"), mebibytes)) {
                    throw AwsError.client("No Fargate configuration exists for given values: " + units + " CPU, "
                            + mebibytes + " memory. See the Amazon ECS documentation for the valid values.");
                }
                return;
            }
        }
        throw AwsError.client("Invalid 'cpu' setting for task.");
    }

    /** Reads {@code 256} or {@code .25 vCPU}. */
    static int cpuUnits(String text) {
        return number(text, "vcpu", "cpu");
    }

    /** Reads {@code 512} or {@code 0.5 GB}. */
    static int memoryMiB(String text) {
        return number(text, "gb", "memory");
    }

    private static int number(String text, String unit, String setting) {
        String lower = text.toLowerCase(Locale.ROOT).strip();
        try {
            if (lower.endsWith(unit)) {
                String count =
                        lower.substring(0, lower.length() - unit.length()).strip();
                return new BigDecimal(count).multiply(BigDecimal.valueOf(1024)).intValueExact();
            }
            return Integer.parseInt(lower);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new AwsError(400, "ClientException", "Invalid '" + setting + "' setting for task.");
        }
    }

    private static boolean fits(JsonNode allowed, int mebibytes) {
        if (allowed.isArray()) {
            for (JsonNode value : allowed) {
                if (value.asInt() == mebibytes) {
                    return true;
                }
            }
            return false;
        }
        int min = allowed.path("min").asInt();
        return mebibytes >= min
                && mebibytes <= allowed.path("max").asInt()
                && (mebibytes - min) % allowed.path("step").asInt(1) == 0;
    }

    private static JsonNode load() {
        try (InputStream in = AwsEmulator.class.getResourceAsStream("fargate-sizes.json")) {
            return new ObjectMapper().readTree(in).path("sizes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

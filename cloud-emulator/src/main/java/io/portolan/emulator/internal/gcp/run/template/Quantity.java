package io.portolan.emulator.internal.gcp.run.template;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts of CPU and memory as Kubernetes writes them. */
public final class Quantity {
    private static final Pattern PATTERN = Pattern.compile("(\\d+(?:\\.\\d+)?)(m|Ki|Mi|Gi|k|M|G|)");
    private static final Map<String, BigDecimal> FACTORS = Map.of(
            "m", new BigDecimal("0.001"),
            "", BigDecimal.ONE,
            "k", BigDecimal.valueOf(1000),
            "M", BigDecimal.valueOf(1_000_000),
            "G", BigDecimal.valueOf(1_000_000_000),
            "Ki", BigDecimal.valueOf(1L << 10),
            "Mi", BigDecimal.valueOf(1L << 20),
            "Gi", BigDecimal.valueOf(1L << 30));

    private Quantity() {}

    /**
     * Whether something is a quantity.
     *
     * @param text for example {@code 512Mi}
     * @return true if it is
     */
    public static boolean isValid(String text) {
        return PATTERN.matcher(text).matches();
    }

    /**
     * How much of the CPUs.
     *
     * @param text for example {@code 500m}
     * @return 1024 for a CPU, 0 if there is no limit
     */
    public static int cpuUnits(String text) {
        return value(text).multiply(BigDecimal.valueOf(1024)).intValue();
    }

    /**
     * How much memory.
     *
     * @param text for example {@code 1Gi}
     * @return 0 if there is no limit
     */
    public static long mebibytes(String text) {
        return value(text).longValue() >> 20;
    }

    private static BigDecimal value(String text) {
        Matcher matcher = PATTERN.matcher(text);
        return matcher.matches()
                ? new BigDecimal(matcher.group(1)).multiply(FACTORS.getOrDefault(matcher.group(2), BigDecimal.ONE))
                : BigDecimal.ZERO;
    }
}

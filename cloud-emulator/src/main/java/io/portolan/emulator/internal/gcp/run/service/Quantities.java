package io.portolan.emulator.internal.gcp.run.service;

import java.util.Map;

/** Reads quantities as Kubernetes writes them. */
final class Quantities {
    private static final Map<String, Double> UNITS = Map.of(
            "Ki", 1024.0,
            "Mi", 1024.0 * 1024,
            "Gi", 1024.0 * 1024 * 1024,
            "k", 1e3,
            "M", 1e6,
            "G", 1e9);

    private Quantities() {}

    /** Whether something is a quantity. */
    static boolean isValid(String text) {
        return text.matches("\\d+(\\.\\d+)?(m|Ki|Mi|Gi|k|M|G)?");
    }

    static double cpu(String text) {
        return text.endsWith("m")
                ? Double.parseDouble(text.substring(0, text.length() - 1)) / 1000
                : Double.parseDouble(text);
    }

    static long mebibytes(String text) {
        String number = text.replaceAll("[A-Za-z]+$", "");
        double factor = UNITS.getOrDefault(text.substring(number.length()), 1.0);
        return (long) (Double.parseDouble(number) * factor / (1024 * 1024));
    }
}

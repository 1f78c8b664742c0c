package io.portolan.spec;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A model of GPU, by vendor and name. An open set: clouds add models, so this is a value and not an enum. Which provider has which model,
 * in which shape, is data of the provider and shown by the portability report.
 *
 * <p>Shape: {@code [a-z0-9]+(-[a-z0-9]+)+}, vendor first.
 *
 * @param name for example {@code nvidia-l4}
 */
public record GpuModel(String name) {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");

    /** Any NVIDIA GPU that the machine has. */
    public static final GpuModel NVIDIA_ANY = new GpuModel("nvidia-any");

    /** NVIDIA T4. */
    public static final GpuModel NVIDIA_T4 = new GpuModel("nvidia-t4");

    /** NVIDIA L4. */
    public static final GpuModel NVIDIA_L4 = new GpuModel("nvidia-l4");

    /** NVIDIA L40S. */
    public static final GpuModel NVIDIA_L40S = new GpuModel("nvidia-l40s");

    /** NVIDIA A10G. */
    public static final GpuModel NVIDIA_A10G = new GpuModel("nvidia-a10g");

    /** NVIDIA V100. */
    public static final GpuModel NVIDIA_V100 = new GpuModel("nvidia-v100");

    /** NVIDIA A100 with 40 GB. */
    public static final GpuModel NVIDIA_A100 = new GpuModel("nvidia-a100");

    /** NVIDIA H100. */
    public static final GpuModel NVIDIA_H100 = new GpuModel("nvidia-h100");

    /** NVIDIA RTX PRO 6000 (Blackwell). */
    public static final GpuModel NVIDIA_RTX_PRO_6000 = new GpuModel("nvidia-rtx-pro-6000");

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if the name does not match the shape
     */
    public GpuModel {
        Objects.requireNonNull(name, "name");
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException("gpu model was '" + name
                    + "' but must be vendor and model in lower case, joined by hyphens; for example 'nvidia-l4'");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

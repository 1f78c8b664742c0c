package io.portolan.spec;

import java.util.Objects;

/**
 * A request for GPUs of one model.
 *
 * <p>How providers carry it: Docker device requests with capability {@code gpu} (the model is not checked by the engine); ECS resource
 * requirements with a placement constraint; Cloud Run accelerators.
 *
 * @param model the model
 * @param count whole GPUs, 1 to 64
 */
public record Gpu(GpuModel model, int count) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the count is not 1 to 64
     */
    public Gpu {
        Objects.requireNonNull(model, "model");
        if (count < 1 || count > 64) {
            throw new IllegalArgumentException(
                    "gpu count was '" + count + "' but must be 1 to 64; for example Gpu.of(model, 1)");
        }
    }

    /**
     * GPUs of one model.
     *
     * @param model the model
     * @param count whole GPUs, 1 to 64
     * @return the request
     */
    public static Gpu of(GpuModel model, int count) {
        return new Gpu(model, count);
    }
}

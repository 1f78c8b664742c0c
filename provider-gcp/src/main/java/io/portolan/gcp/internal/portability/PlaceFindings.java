package io.portolan.gcp.internal.portability;

import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.CloudRunSizes;
import io.portolan.gcp.internal.definition.GpuTypes;
import io.portolan.gcp.internal.definition.Limits;

/** What must be set beside the spec: project, region, and rows of data that can be read. Pure. */
final class PlaceFindings {
    private final GcpSettings settings;
    private final FindingList findings;

    PlaceFindings(GcpSettings settings, FindingList findings) {
        this.settings = settings;
        this.findings = findings;
    }

    void all() {
        settings.violations()
                .forEach(violation -> findings.reject(
                        violation.path(),
                        "was '" + violation.value() + "' but " + violation.rule(),
                        violation.fix(),
                        null));
        settings.config().under(GcpKeys.LIMITS).forEach(this::limit);
        settings.config().under(GcpKeys.SHAPES).forEach(this::shape);
        settings.config().under(GcpKeys.GPUS).forEach(this::gpu);
    }

    private void limit(String name, String value) {
        if (!Limits.names().contains(name)) {
            row(
                    GcpKeys.LIMITS + "." + name,
                    "there is no such limit",
                    NearestName.of(name, Limits.names())
                            .map(nearest -> "did you mean '" + nearest + "'?")
                            .orElse("use one of " + String.join(", ", Limits.names())));
        } else if (!Limits.isNumber(value)) {
            row(GcpKeys.LIMITS + "." + name, "was '" + value + "'", "write a whole number, for times for example 12h");
        }
    }

    private void shape(String cpus, String range) {
        if (!CloudRunSizes.isShape(cpus, range)) {
            row(GcpKeys.SHAPES + "." + cpus, "was '" + range + "'", "write for example shapes.16: 8Gi-64Gi");
        }
    }

    private void gpu(String model, String text) {
        if (!GpuTypes.isType(text)) {
            row(GcpKeys.GPUS + "." + model, "was '" + text + "'", "write for example nvidia-l4 4 16Gi");
        }
    }

    private void row(String key, String message, String fix) {
        findings.reject("portolan.gcp." + key, message, fix, null);
    }
}

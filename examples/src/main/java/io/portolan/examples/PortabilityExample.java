package io.portolan.examples;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.id.ProviderId;
import io.portolan.plan.DeploymentPlan;
import io.portolan.portability.PortabilityReport;
import io.portolan.spec.Cpu;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import io.portolan.spec.Volume;
import java.io.PrintStream;
import java.time.Duration;

/** Asks what becomes of a job on a provider before anything runs: no engine and no credentials are needed. */
public final class PortabilityExample {

    private PortabilityExample() {}

    /**
     * Prints the report and the plan for the local engine.
     *
     * @param args none
     */
    public static void main(String[] args) {
        try (Cloud cloud = Cloud.connect(CloudConfig.builder(ProviderId.LOCAL).build())) {
            print(cloud, System.out);
        }
    }

    static boolean print(Cloud cloud, PrintStream out) {
        // tag::portability[]
        JobSpec job = JobSpec.builder("train")
                .image("ghcr.io/acme/train:2.1")
                .resources(Resources.of(Cpu.cores(1.5), MemorySize.gibibytes(3))
                        .ephemeralStorage(MemorySize.gibibytes(30)))
                .volume("/models", Volume.named("models"))
                .timeout(Duration.ofHours(2))
                .build();
        PortabilityReport report = cloud.portability(job);
        out.println(report); // each field that is adjusted, emulated, ignored or rejected, with reason and fix
        if (report.isPortable()) {
            DeploymentPlan plan = cloud.plan(job);
            out.println(plan.render()); // the provider's own requests
        }
        // end::portability[]
        return report.isPortable();
    }
}

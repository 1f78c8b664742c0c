package io.portolan.aws.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.image.Architecture;
import io.portolan.spec.Cpu;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuInstancesTest {
    private static Resources asked(String model, int count) {
        return Resources.of(Cpu.cores(4), MemorySize.gibibytes(8)).gpu(Gpu.of(new GpuModel(model), count));
    }

    private static List<String> fitting(Resources resources) {
        return GpuInstances.known().fitting(resources);
    }

    @Test
    void known_always_hasEveryRow() {
        assertThat(GpuInstances.known().all()).hasSize(83);
    }

    @ParameterizedTest
    @CsvSource({
        "nvidia-l4, 1, g6.xlarge",
        "nvidia-l4, 8, g6.48xlarge",
        "nvidia-l4-24gb, 1, g6.xlarge",
        "nvidia-a100-80gb, 8, p4de.24xlarge",
        "nvidia-h100, 1, p5.4xlarge",
        "nvidia-rtx-pro-6000, 2, g7e.12xlarge",
        "nvidia-any, 1, g4dn.xlarge"
    })
    void fitting_modelAndNumber_startsWithTheFewestGpus(String model, int count, String type) {
        assertThat(fitting(asked(model, count))).startsWith(type);
    }

    @Test
    void fitting_memoryInTheModel_leavesOutLess_andPartsOfAGpuAreNone() {
        assertThat(fitting(asked("nvidia-a100", 8))).containsExactly("p4d.24xlarge", "p4de.24xlarge");
        assertThat(fitting(asked("nvidia-a100-80gb", 8))).containsExactly("p4de.24xlarge");
        assertThat(fitting(asked("nvidia-l4", 1))).noneMatch(type -> type.contains("6f."));
    }

    @Test
    void fitting_processorsMemoryAndArchitecture_count() {
        assertThat(fitting(Resources.of(Cpu.cores(64), MemorySize.gibibytes(8)).gpu(Gpu.of(GpuModel.NVIDIA_T4, 1))))
                .containsExactly("g4dn.16xlarge", "g4dn.metal");
        assertThat(fitting(asked("nvidia-any", 1).architecture(Architecture.ARM64)))
                .isNotEmpty()
                .allMatch(type -> type.startsWith("g5g."));
        assertThat(fitting(asked("nvidia-any", 1))).noneMatch(type -> type.startsWith("g5g."));
    }

    @Test
    void fitting_otherAccelerators_areNoGpus() {
        assertThat(fitting(asked("aws-inferentia", 1))).isEmpty();
        assertThat(fitting(asked("nvidia-k80", 1))).isEmpty();
    }
}

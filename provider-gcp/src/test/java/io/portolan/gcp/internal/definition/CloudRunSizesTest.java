package io.portolan.gcp.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.spec.Cpu;
import io.portolan.spec.MemorySize;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudRunSizesTest {
    private static final CloudRunSizes SIZES = CloudRunSizes.of(GcpSettings.of(Configs.with()));
    private static final int[] CPUS = {1000, 2000, 4000, 6000, 8000};
    private static final long[] LEAST = {128, 128, 2048, 4096, 4096};
    private static final long[] MOST = {4096, 8192, 16384, 24576, 32768};

    @ParameterizedTest
    @CsvSource({
        "1m, 1Ki, 1000, 128",
        "1, 512Mi, 1000, 512",
        "1, 513Mi, 1000, 513",
        "1001m, 512Mi, 2000, 512",
        "1, 4097Mi, 2000, 4097",
        "3, 1Gi, 4000, 2048",
        "5, 1Gi, 6000, 4096",
        "4, 17Gi, 6000, 17408",
        "1, 25Gi, 8000, 25600",
        "8, 32Gi, 8000, 32768"
    })
    void fit_asked_isTheSmallestShapeThatHoldsIt(String cpu, String memory, int millis, long mebibytes) {
        assertThat(SIZES.fit(Cpu.parse(cpu), MemorySize.parse(memory))).contains(new CloudRunSize(millis, mebibytes));
    }

    @Test
    void fit_anything_isAtLeastWhatIsAsked_minimal_andStable() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            Cpu cpu = Cpu.millis(1 + random.nextInt(9_000));
            int mebibytes = 1 + random.nextInt(36_000);
            Optional<CloudRunSize> expected = Optional.empty();
            for (int shape = CPUS.length - 1; shape >= 0; shape--) {
                if (CPUS[shape] >= cpu.millis() && MOST[shape] >= mebibytes) {
                    expected = Optional.of(new CloudRunSize(CPUS[shape], Math.max(LEAST[shape], mebibytes)));
                }
            }

            Optional<CloudRunSize> fit = SIZES.fit(cpu, MemorySize.mebibytes(mebibytes));

            assertThat(fit).isEqualTo(expected);
            fit.ifPresent(size -> assertThat(SIZES.fit(Cpu.millis(size.cpu()), MemorySize.mebibytes(size.memory())))
                    .contains(size));
        }
    }

    @Test
    void fit_more_isNeverSmaller() {
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            int millis = 1 + random.nextInt(8_000);
            int mebibytes = 1 + random.nextInt(32_000);
            Optional<CloudRunSize> less = SIZES.fit(Cpu.millis(millis), MemorySize.mebibytes(mebibytes));
            Optional<CloudRunSize> more = SIZES.fit(
                    Cpu.millis(millis + random.nextInt(1000)), MemorySize.mebibytes(mebibytes + random.nextInt(4000)));

            if (more.isPresent()) {
                assertThat(less).isPresent();
                assertThat(more.get().cpu())
                        .isGreaterThanOrEqualTo(less.orElseThrow().cpu());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1m, 64Mi, 80, 128", "250m, 512Mi, 250, 512", "250m, 513Mi, 500, 513", "999m, 1Gi, 999, 1024"})
    void fraction_ofACpu_hasTheLeastThatItsMemoryNeeds(String cpu, String memory, int millis, long mebibytes) {
        assertThat(SIZES.fraction(Cpu.parse(cpu), MemorySize.parse(memory)))
                .contains(new CloudRunSize(millis, mebibytes));
    }

    @Test
    void fraction_withMoreMemoryOrAWholeCpu_isNone() {
        assertThat(SIZES.fraction(Cpu.millis(100), MemorySize.mebibytes(1025))).isEmpty();
        assertThat(SIZES.fraction(Cpu.cores(1), MemorySize.mebibytes(128))).isEmpty();
    }

    @Test
    void fit_tooMuch_isNothing_andTheNearestAreKnown() {
        Cpu cpu = Cpu.cores(16);
        MemorySize memory = MemorySize.gibibytes(20);

        assertThat(SIZES.fit(cpu, memory)).isEmpty();
        assertThat(SIZES.nearest(cpu, memory)).hasToString("[8 vCPU and 20 GiB, 6 vCPU and 20 GiB]");
    }

    @Test
    void of_shapesOfTheConfiguration_areAddedAndReplaced() {
        CloudRunSizes sizes = CloudRunSizes.of(GcpSettings.of(Configs.with(
                "shapes.16", "8Gi-64Gi", "shapes.8", "4Gi - 48Gi", "shapes.x", "1Gi-2Gi", "shapes.9", "?")));

        assertThat(sizes.fit(Cpu.cores(9), MemorySize.gibibytes(1))).contains(new CloudRunSize(16_000, 8192));
        assertThat(sizes.fit(Cpu.cores(8), MemorySize.gibibytes(48))).contains(new CloudRunSize(8000, 48 * 1024));
        assertThat(CloudRunSizes.isShape("8", "4Gi-2Gi")).isFalse();
        assertThat(CloudRunSizes.isShape("8", "0Mi-2Gi")).isTrue();
    }

    @Test
    void text_ofSizes_isThatOfTheApiAndOfPeople() {
        CloudRunSize size = new CloudRunSize(250, 1536);

        assertThat(size).hasToString("0.25 vCPU and 1536 MiB");
        assertThat(size.cpuText()).isEqualTo("250m");
        assertThat(new CloudRunSize(2000, 4096).memoryText()).isEqualTo("4Gi");
        assertThat(CloudRunSize.text(new MemorySize(1000))).isEqualTo("1000 bytes");
        assertThat(CloudRunSizes.source()).contains("2026-11");
    }
}

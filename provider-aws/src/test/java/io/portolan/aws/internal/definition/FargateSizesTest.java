package io.portolan.aws.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.spec.Cpu;
import io.portolan.spec.MemorySize;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateSizesTest {
    private static final FargateSizes SIZES = FargateSizes.known();

    @ParameterizedTest
    @CsvSource({
        "1m, 1, 256, 512",
        "250m, 512Mi, 256, 512",
        "250m, 2049Mi, 512, 3072",
        "251m, 512Mi, 512, 1024",
        "1, 512Mi, 1024, 2048",
        "1500m, 3Gi, 2048, 4096",
        "1, 9Gi, 2048, 9216",
        "8, 17Gi, 8192, 20480",
        "16, 33Gi, 16384, 40960",
        "17, 1Gi, 32768, 61440",
        "1, 121Gi, 32768, 249856",
        "32, 244Gi, 32768, 249856"
    })
    void fit_asked_isTheCheapestShapeThatHoldsIt(String cpu, String memory, int units, long mebibytes) {
        MemorySize size = memory.equals("1") ? new MemorySize(1) : MemorySize.parse(memory);

        assertThat(SIZES.fit(Cpu.parse(cpu), size)).contains(new TaskSize(units, mebibytes));
    }

    @Test
    void fit_anything_isAtLeastWhatIsAsked_minimal_andStable() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            Cpu cpu = Cpu.millis(1 + random.nextInt(33_000));
            MemorySize memory = MemorySize.mebibytes(1 + random.nextInt(260_000));
            Optional<TaskSize> fit = SIZES.fit(cpu, memory);

            Optional<TaskSize> cheapest = Optional.empty();
            for (TaskSize size : SIZES.all()) {
                boolean holds = size.cpu() * 1000L >= cpu.millis() * 1024L && size.memory() >= memory.toMebibytesCeil();
                if (holds
                        && (cheapest.isEmpty()
                                || size.cpu() < cheapest.get().cpu()
                                || (size.cpu() == cheapest.get().cpu()
                                        && size.memory() < cheapest.get().memory()))) {
                    cheapest = Optional.of(size);
                }
            }
            assertThat(fit).isEqualTo(cheapest);
            fit.ifPresent(size -> assertThat(
                            SIZES.fit(Cpu.millis(size.cpu() * 1000 / 1024), MemorySize.mebibytes(size.memory())))
                    .contains(size));
        }
    }

    @Test
    void fit_more_isNeverCheaper() {
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            int millis = 1 + random.nextInt(32_000);
            int mebibytes = 1 + random.nextInt(249_000);
            Optional<TaskSize> less = SIZES.fit(Cpu.millis(millis), MemorySize.mebibytes(mebibytes));
            Optional<TaskSize> more = SIZES.fit(
                    Cpu.millis(millis + random.nextInt(1000)), MemorySize.mebibytes(mebibytes + random.nextInt(4000)));

            if (more.isPresent()) {
                assertThat(less).isPresent();
                assertThat(more.get().cpu())
                        .isGreaterThanOrEqualTo(less.orElseThrow().cpu());
            }
        }
    }

    @Test
    void fit_tooMuch_isNothing_andTheNearestAreKnown() {
        Cpu cpu = Cpu.cores(40);
        MemorySize memory = MemorySize.gibibytes(200);

        assertThat(SIZES.fit(cpu, memory)).isEmpty();
        assertThat(SIZES.nearest(cpu, memory).get(0)).hasToString("32 vCPU and 244 GiB");
    }

    @Test
    void text_ofSizes_isThatOfAws() {
        assertThat(new TaskSize(256, 512)).hasToString("0.25 vCPU and 512 MiB");
        assertThat(FargateSizes.asked(Cpu.millis(1500), MemorySize.gibibytes(3)))
                .isEqualTo("cpu 1500m and memory 3 GiB");
        assertThat(TaskSize.text(new MemorySize(1000))).isEqualTo("1000 bytes");
    }
}

package io.portolan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portolan.id.ProviderId;
import io.portolan.image.Architecture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values that specs are made of. */
class SpecValuesTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1000, 1",
        "0.5, 500, 500m",
        "500m, 500, 500m",
        "2000m, 2000, 2",
        "0.0015, 2, 2m",
        "1000000, 1000000000, 1000000"
    })
    void cpu_text_isReadAndWritten(String text, int millis, String shown) {
        assertThat(Cpu.parse(text)).isEqualTo(Cpu.millis(millis)).hasToString(shown);
        assertThat(Cpu.parse(shown)).isEqualTo(Cpu.millis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m",
                "x",
                "1d",
                "1e3",
                "0x1p3",
                " 1",
                "+1",
                "-1",
                "1.5m",
                "NaN",
                "Infinity",
                ".5",
                "1.",
                "99999999999m"
            })
    void cpu_otherText_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cpu.parse(text))
                .withMessage("cpu was '" + text + "' but must be cores or thousandths; for example '0.5' or '500m'");
    }

    @Test
    void cpu_outOfRange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cpu.millis(0))
                .withMessage("cpu was '0m' but must be 1m or more; for example Cpu.cores(0.5)");
        for (double cores : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1_000_001}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Cpu.cores(cores))
                    .withMessage("cpu was '" + cores + "' cores but must be more than 0; for example Cpu.cores(0.5)");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Cpu.cores(0.0001)).withMessageContaining("0m");
        assertThat(Cpu.cores(0.5)).isLessThan(Cpu.cores(0.501)).isEqualByComparingTo(Cpu.millis(500));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1024, 1024, 1Ki",
        "512Mi, 536870912, 512Mi",
        "1024Mi, 1073741824, 1Gi",
        "1Ti, 1099511627776, 1Ti",
        "1536Ki, 1572864, 1536Ki",
        "007, 7, 7"
    })
    void memory_text_isReadAndWritten(String text, long bytes, String shown) {
        assertThat(MemorySize.parse(text)).isEqualTo(new MemorySize(bytes)).hasToString(shown);
        assertThat(MemorySize.parse(shown).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mi", "1.5Gi", "1GB", "512M", "-1", "1 Gi", "1gi", "1234567890123456"})
    void memory_otherText_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemorySize.parse(text))
                .withMessage("memory was '" + text + "' but must be a whole number with Ki, Mi, Gi, Ti or nothing for"
                        + " bytes; for example '512Mi'");
    }

    @Test
    void memory_outOfRange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemorySize.parse("999999999999999Ti"))
                .withMessage("memory was '999999999999999Ti' but must fit into 63 bits of bytes; write less");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemorySize.mebibytes(0))
                .withMessage("memory was '0' bytes but must be 1 or more; for example MemorySize.mebibytes(512)");
    }

    @Test
    void memory_inMebibytes_isRoundedUp() {
        assertThat(new MemorySize(1).toMebibytesCeil()).isEqualTo(1);
        assertThat(MemorySize.mebibytes(3).toMebibytesCeil()).isEqualTo(3);
        assertThat(new MemorySize(3 * 1024 * 1024 + 1).toMebibytesCeil()).isEqualTo(4);
        assertThat(new MemorySize(Long.MAX_VALUE).toMebibytesCeil()).isEqualTo(8_796_093_022_208L);
        assertThat(MemorySize.gibibytes(1)).isGreaterThan(MemorySize.mebibytes(1023));
    }

    @Test
    void memory_anyAmount_readsItsTextBack() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            long bytes = random.nextLong() >>> (1 + random.nextInt(62));
            MemorySize size = new MemorySize(Math.max(1, bytes >> 14));
            assertThat(MemorySize.parse(size.toString())).isEqualTo(size);
        }
    }

    @Test
    void gpu_outOfRange_isRefused() {
        assertThat(Gpu.of(GpuModel.NVIDIA_RTX_PRO_6000, 64).model()).hasToString("nvidia-rtx-pro-6000");
        for (int count : new int[] {0, 65}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Gpu.of(GpuModel.NVIDIA_L4, count))
                    .withMessage("gpu count was '" + count + "' but must be 1 to 64; for example Gpu.of(model, 1)");
        }
        for (String model : List.of("", "l4", "NVIDIA-L4", "nvidia-", "nvidia--l4", "nvidia_l4")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new GpuModel(model))
                    .withMessage("gpu model was '" + model + "' but must be vendor and model in lower case, joined by"
                            + " hyphens; for example 'nvidia-l4'");
        }
    }

    @Test
    void port_outOfRange_isRefused() {
        assertThat(Port.http(1)).isEqualTo(new Port(1, Port.Protocol.HTTP));
        assertThat(Port.tcp(65_535)).isEqualTo(new Port(65_535, Port.Protocol.TCP));
        for (int number : new int[] {0, -1, 65_536}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Port.http(number))
                    .withMessage("port was '" + number + "' but must be 1 to 65535; for example Port.http(8080)");
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 0", "2, 1", "1, 1001"})
    void scaling_outOfRange_isRefused(int min, int max) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scaling.between(min, max))
                .withMessage("scaling was '" + min + " to " + max + "' but must be 0 <= min <= max, 1 <= max <= 1000;"
                        + " for example Scaling.between(1, 4)");
    }

    @Test
    void scaling_fixed_neverChanges() {
        assertThat(Scaling.fixed(3)).isEqualTo(Scaling.between(3, 3));
        assertThat(Scaling.fixed(3).isFixed()).isTrue();
        assertThat(Scaling.between(0, 1).isFixed()).isFalse();
    }

    @Test
    void secret_withImpossibleName_isRefusedWithoutRepeatingIt() {
        for (String name : List.of("", "p@ss word", "hunter2!", "a\n", "x".repeat(2049))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SecretRef.named(name))
                    .withMessageContaining("must be the name of a secret")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("p@ss word", "hunter2", "xxx"));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretRef.named("a").version("hunter2!"));
        assertThat(SecretRef.named("arn:aws:x/y+z=@1")).hasToString("arn:aws:x/y+z=@1");
        assertThat(SecretRef.named("db").version("3")).hasToString("db#3").isNotEqualTo(SecretRef.named("db"));
    }

    @Test
    void volume_withImpossibleSource_isRefused() {
        for (String name : List.of("", "-a", "a b", "a/b", "x".repeat(64))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Volume.named(name))
                    .withMessage("volume name was '" + name
                            + "' but must match [a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}; for example 'results'");
        }
        for (String path : List.of("", "data", "./data", "C:data")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Volume.hostDirectory(path))
                    .withMessage(
                            "host directory was '" + path + "' but must be an absolute path; for example '/srv/data'");
        }
        assertThat(Volume.hostDirectory("C:\\data")).isEqualTo(new Volume.HostDirectory("C:\\data"));
    }

    @Test
    void probe_defaults_areAsDocumented() {
        Probe probe = Probe.http("/healthz");

        assertThat(probe.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(probe.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(probe.failureThreshold()).isEqualTo(3);
        assertThat(probe.startupTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(Probe.tcp().check()).isEqualTo(new Probe.TcpConnect());
        Duration five = Duration.ofSeconds(5);
        assertThat(probe.interval(five).timeout(five).failureThreshold(1).startupTimeout(five))
                .isEqualTo(new Probe(new Probe.HttpGet("/healthz"), five, five, 1, five));
    }

    @Test
    void probe_withImpossibleValue_isRefused() {
        Probe probe = Probe.tcp();
        for (String path : List.of("", "healthz", "/a b", "/\u00e9", "/\n")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Probe.http(path))
                    .withMessage("probe path was '" + path
                            + "' but must start with / and be printable ASCII; for example '/healthz'");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(Probe::exec)
                .withMessage("probe command was '' but must name a program; for example Probe.exec(\"/bin/true\")");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe.interval(Duration.ZERO))
                .withMessage("probe interval was 'PT0S' but must be positive; for example PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe.timeout(Duration.ofSeconds(-1)))
                .withMessageStartingWith("probe timeout was 'PT-1S' but");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe.startupTimeout(Duration.ZERO))
                .withMessageStartingWith("probe startupTimeout was 'PT0S' but");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe.failureThreshold(0))
                .withMessage("probe failureThreshold was '0' but must be 1 or more; 3 is usual");
        List<String> command = new ArrayList<>(List.of("/bin/true"));
        Probe.Exec exec = new Probe.Exec(command);
        command.clear();
        assertThat(exec.command()).containsExactly("/bin/true");
    }

    @Test
    void resources_asText_nameWhatIsSet() {
        Resources plain = Resources.of(Cpu.cores(2), MemorySize.gibibytes(4));

        assertThat(plain).hasToString("cpu 2, memory 4Gi");
        assertThat(plain.gpu(Gpu.of(GpuModel.NVIDIA_L4, 2))
                        .ephemeralStorage(MemorySize.gibibytes(10))
                        .architecture(Architecture.ARM64))
                .hasToString("cpu 2, memory 4Gi, 2 x nvidia-l4, disk 10Gi, arm64");
        assertThat(Resources.DEFAULT).hasToString("cpu 1, memory 512Mi");
        assertThat(plain.gpu()).isEmpty();
        assertThat(plain.ephemeralStorage()).isEmpty();
        assertThat(plain.architecture()).isEmpty();
    }

    @Test
    void namedOptions_keepACopyInOrder() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("b", "1");
        settings.put("a", "2");
        NamedOptions options = new NamedOptions(ProviderId.LOCAL, settings);
        settings.clear();

        assertThat(options.settings()).containsExactly(Map.entry("b", "1"), Map.entry("a", "2"));
    }
}

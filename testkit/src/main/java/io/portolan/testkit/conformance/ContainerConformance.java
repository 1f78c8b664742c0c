package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.image.Architecture;
import io.portolan.portability.Capability;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import io.portolan.spec.Cpu;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import io.portolan.spec.SecretRef;
import io.portolan.spec.Volume;
import io.portolan.spec.VolumeMount;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a container gets: arguments, variables, secrets, volumes, its place. */
@Needs(Capability.JOBS)
@DisplayName("Containers")
public abstract class ContainerConformance extends Conformance {
    private static final List<String> NASTY = List.of(
            "plain",
            "two words",
            "'single' \"double\" `back`",
            "$HOME ${HOME} $(id) %PATH% \\ \\n",
            "tab\tand\nnew line",
            "naïve – 漢字 🚢",
            "*?[a-z] ~ ; & | < > #",
            "--flag=a=b,c",
            " leading and trailing ",
            "{\"json\": [1, 2]}");
    private static final Resources SMALL = Resources.of(Cpu.cores(1), MemorySize.mebibytes(512));

    /** For subclasses. */
    protected ContainerConformance() {}

    @Nested
    @DisplayName("Arguments and variables")
    class Input {
        @Test
        @DisplayName("arrive exactly as they were given, as arguments")
        void args_ofAnyText_arriveAsTheyAre() {
            List<String> lines = output(job(new TestProgram.ShowArgs(NASTY)));

            assertThat(lines)
                    .containsExactlyElementsOf(
                            NASTY.stream().map(a -> Encoded.line("arg", a)).toList());
        }

        @Test
        @DisplayName("arrive exactly as they were given, as variables")
        void env_ofAnyText_arrivesAsItIs() {
            List<String> names = NASTY.stream().map(v -> "V" + NASTY.indexOf(v)).toList();
            JobSpec.Builder spec = job(new TestProgram.ShowEnv(names));
            names.forEach(name -> spec.env(name, NASTY.get(names.indexOf(name))));

            assertThat(output(spec))
                    .containsExactlyElementsOf(names.stream()
                            .map(name -> Encoded.line(name, NASTY.get(names.indexOf(name))))
                            .toList());
        }

        @Test
        @DisplayName("that were not given are not there")
        void env_notGiven_isNotThere() {
            assertThat(output(job(new TestProgram.ShowEnv(List.of("NOT_GIVEN")))))
                    .containsExactly("NOT_GIVEN!");
        }
    }

    @Nested
    @DisplayName("Secrets")
    class Secrets {
        private static final String VALUE = "s3cr3t 'with' \"quotes\" = and ünicode";

        @Test
        @Needs(Capability.SECRET_ENV)
        @DisplayName("arrive as variables, and their values are nowhere else to be seen")
        void secretEnv_always_arrivesAndStaysSecret() {
            secret("tk-token", VALUE);
            JobSpec spec = job(new TestProgram.ShowEnv(List.of("TOKEN")))
                    .secretEnv("TOKEN", SecretRef.named("tk-token"))
                    .build();
            JobExecution execution = cloud().jobs().run(spec, newId());
            JobResult result = execution.await(limit());

            assertThat(texts(execution)).containsExactly(Encoded.line("TOKEN", VALUE));
            assertThat(Set.of(
                            spec.toString(),
                            execution.toString(),
                            result.toString(),
                            execution.status().toString(),
                            cloud().plan(spec).render(),
                            cloud().plan(spec).toString(),
                            cloud().portability(spec).toString(),
                            cloud().list().toString()))
                    .as("what can be seen from outside")
                    .noneMatch(text -> text.contains("s3cr3t"));
        }

        @Test
        @Needs(Capability.SECRET_FILES)
        @DisplayName("arrive as files")
        void secretFile_always_hasTheValue() {
            secret("tk-file", "one line of a secret file");

            List<String> lines = output(job(new TestProgram.ReadFile("/run/tk/file"))
                    .secretFile("/run/tk/file", SecretRef.named("tk-file")));

            assertThat(lines).containsExactly("one line of a secret file");
        }

        @Test
        @Needs(Capability.SECRET_ENV)
        @DisplayName("that are not in the store fail the job, which says so")
        void secret_missing_isTheCause() {
            JobResult result = run(job(new TestProgram.Exit(0)).secretEnv("TOKEN", SecretRef.named("tk-missing")));

            assertThat(result.phase()).isEqualTo(Phase.FAILED);
            assertThat(result.failure()).map(Failure::cause).contains(FailureCause.SECRET);
            assertThat(result.failure().orElseThrow().message()).contains("tk-missing");
        }
    }

    @Nested
    @DisplayName("Volumes")
    class Volumes {
        private List<String> tryWrite(Volume volume, boolean readOnly) {
            return output(
                    job(new TestProgram.TryWrite("/data/file", 4)).volume(new VolumeMount("/data", volume, readOnly)));
        }

        @Test
        @Needs(Capability.NAMED_VOLUMES)
        @DisplayName("with a name are shared by the jobs that mount them")
        void namedVolume_writtenByOneJob_isReadByTheNext() {
            Volume volume = Volume.named("shared");
            output(job(new TestProgram.AppendMark("/data/marks")).volume("/data", volume));
            output(job(new TestProgram.AppendMark("/data/marks")).volume("/data", volume));

            assertThat(output(job(new TestProgram.ReadFile("/data/marks")).volume("/data", volume)))
                    .containsExactly("0/0", "0/0");
        }

        @Test
        @Needs(Capability.NAMED_VOLUMES)
        @DisplayName("mounted to read refuse writes")
        void namedVolume_readOnly_refusesWrites() {
            assertThat(tryWrite(Volume.named("shared"), false)).containsExactly("written");
            assertThat(tryWrite(Volume.named("shared"), true)).containsExactly("refused");
        }

        @Test
        @Needs(value = Capability.IN_MEMORY_VOLUMES)
        @DisplayName("in memory hold no more than their size")
        void inMemoryVolume_full_refusesWrites() {
            Volume volume = Volume.inMemory(MemorySize.mebibytes(4));

            assertThat(tryWrite(volume, false)).containsExactly("written");
            assertThat(output(job(new TestProgram.TryWrite("/data/file", 8L << 20))
                            .volume("/data", volume)))
                    .containsExactly("refused");
        }

        @Test
        @Needs(Capability.HOST_DIRECTORIES)
        @DisplayName("of the machine are shared by all that mount them")
        void hostDirectory_writtenByOneJob_isReadByTheNext() {
            Volume volume = Volume.hostDirectory(harness().hostDirectory());
            output(job(new TestProgram.AppendMark("/data/marks")).volume("/data", volume));

            assertThat(output(job(new TestProgram.ReadFile("/data/marks")).volume("/data", volume)))
                    .containsExactly("0/0");
        }
    }

    @Nested
    @DisplayName("The place of a process")
    class Place {
        @Test
        @DisplayName("has the working directory of the spec")
        void workingDirectory_ofTheSpec_isUsed() {
            assertThat(output(job(new TestProgram.WhoAmI()).workingDirectory("/tmp")))
                    .contains("dir=/tmp");
        }

        @Test
        @Needs(Capability.RUN_AS_USER)
        @DisplayName("has the user of the spec")
        void user_ofTheSpec_isUsed() {
            assertThat(output(job(new TestProgram.WhoAmI()).user("1234:2345"))).contains("user=1234:2345");
        }

        @Test
        @Needs(Capability.INIT_PROCESS)
        @DisplayName("has an init process above it if the spec says so")
        void initProcess_ofTheSpec_isThere() {
            assertThat(output(job(new TestProgram.WhoAmI()).initProcess(true))).contains("init=yes");
        }

        @Test
        @Needs(Capability.READ_ONLY_ROOT)
        @DisplayName("has a root that cannot be written if the spec says so")
        void readOnlyRoot_ofTheSpec_refusesWrites() {
            TestProgram write = new TestProgram.TryWrite("/tk-probe", 4);

            assertThat(output(job(write))).containsExactly("written");
            assertThat(output(job(write).readOnlyRootFilesystem(true))).containsExactly("refused");
        }

        @Test
        @Needs(Capability.EPHEMERAL_STORAGE)
        @DisplayName("has no more disk than the spec says")
        void ephemeralStorage_used_refusesWrites() {
            Optional<MemorySize> enforced = harness().enforcedDisk();
            MemorySize size = enforced.orElse(MemorySize.gibibytes(30));
            long bytes = enforced.isPresent() ? 2 * size.bytes() : 4;

            assertThat(output(
                            job(new TestProgram.TryWrite("/tk-probe", bytes)).resources(SMALL.ephemeralStorage(size))))
                    .containsExactly(enforced.isPresent() ? "refused" : "written");
        }

        @Test
        @Needs(
                value = {Capability.STOP_GRACE_PERIOD, Capability.JOB_CANCEL},
                tellsALack = false)
        @DisplayName("gives it the grace period of the spec to tidy up")
        void gracePeriod_longEnough_letsItTidyUp() {
            JobExecution execution = cloud().jobs()
                    .run(
                            job(new TestProgram.TidyUp(paces(2)))
                                    .stopGracePeriod(Duration.ofSeconds(20))
                                    .build(),
                            newId());
            awaitLine(execution, "started");

            execution.cancel();

            assertThat(execution.await(limit()).phase()).isEqualTo(Phase.CANCELLED);
            assertThat(texts(execution)).containsExactly("started", "tidied");
        }
    }

    @Nested
    @DisplayName("Hardware that may not be there")
    class Hardware {
        /** The capability says that it can be asked for; whether a machine has it, only the run tells. */
        private void runsOrSaysWhy(Resources resources, FailureCause... causes) {
            JobResult result = run(job(new TestProgram.Exit(0)).resources(resources));

            if (!result.isSucceeded()) {
                assertThat(result.failure().orElseThrow().cause()).isIn((Object[]) causes);
                assertThat(result.failure().orElseThrow().message()).isNotBlank();
            }
        }

        @Test
        @Needs(value = Capability.GPU, tellsALack = false)
        @DisplayName("a GPU is given, or its want is the cause")
        void gpu_askedFor_isGivenOrTheCause() {
            runsOrSaysWhy(
                    SMALL.gpu(Gpu.of(GpuModel.NVIDIA_ANY, 1)),
                    FailureCause.PLACEMENT,
                    FailureCause.NO_CAPACITY,
                    FailureCause.QUOTA);
        }

        @Test
        @Needs(value = Capability.ARM64, tellsALack = false)
        @DisplayName("an ARM64 machine is given, or its want is the cause")
        void arm64_askedFor_isGivenOrTheCause() {
            runsOrSaysWhy(
                    SMALL.architecture(Architecture.ARM64),
                    FailureCause.PLACEMENT,
                    FailureCause.BAD_IMAGE,
                    FailureCause.IMAGE_NOT_FOUND,
                    FailureCause.NO_CAPACITY);
        }
    }
}

package io.portolan.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.Cloud;
import io.portolan.id.ExecutionId;
import io.portolan.run.JobResult;
import io.portolan.spec.JobSpec;
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallExamplesTest {

    private static final String PROVIDER = "portolan.provider";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    private FakePlatform platform;

    @BeforeEach
    void start() {
        platform = FakeOnClassPath.newPlatform();
        System.setProperty(PROVIDER, "fake");
    }

    @AfterEach
    void stop() {
        System.clearProperty(PROVIDER);
        platform.close();
    }

    @Test
    void runJob_startedTwiceForOneDay_runsEachTaskOnce() throws IOException {
        platform.secret("report-db", "secret").program("report:1.4", process -> {
            process.print("report of " + process.args());
            return process.env("DB_PASSWORD").isPresent() ? 0 : 1;
        });

        Path jar = jar();
        JobResult first = RunJob.run(jar, "2026-11-22", out);
        JobResult second = RunJob.run(jar, "2026-11-22", out);

        assertThat(first.isSucceeded()).as(first.toString()).isTrue();
        assertThat(second).isEqualTo(first);
        assertThat(platform.attempts(ExecutionId.of("nightly-2026-11-22")))
                .hasSize(50)
                .allSatisfy(a -> assertThat(a.starts()).isEqualTo(1));
        assertThat(text()).contains("49: report of [--day, 2026-11-22]");
    }

    @Test
    void portability_ofTheExample_isPrintedWithThePlan() {
        try (Cloud cloud = Cloud.connect()) {
            assertThat(PortabilityExample.print(cloud, out)).isTrue();
        }

        assertThat(text()).contains("train", "runs on [fake]", "plan for train on fake");
    }

    @Test
    void switchProvider_byTheFile_runsThere() throws IOException {
        System.clearProperty(PROVIDER);
        platform.program("hello:1", FakeProgram.exits(0));

        SwitchProvider.hello(config("fake"), "hello:1", out);

        assertThat(text()).startsWith("fake: ").contains("1 of 1 tasks succeeded");
    }

    @Test
    void switchProvider_byAProperty_overridesTheFile() throws IOException {
        platform.program("hello:1", FakeProgram.exits(0));

        SwitchProvider.hello(config("local"), "hello:1", out);

        assertThat(text()).startsWith("fake: ");
    }

    @Test
    void switchProvider_toOneThatIsNotThere_saysWhatToAdd() throws IOException {
        System.clearProperty(PROVIDER);
        Path file = config("azure");

        assertThatThrownBy(() -> SwitchProvider.hello(file, "hello:1", out)).hasMessageContaining("portolan-azure");
    }

    @Test
    void logs_readInTwoGoes_areCompleteAndComeOnce() {
        CountDownLatch more = new CountDownLatch(1);
        platform.program("talk:1", process -> {
            IntStream.range(0, 50).forEach(i -> process.print("line " + i));
            more.await();
            IntStream.range(50, 100).forEach(i -> process.print("line " + i));
            return 0;
        });
        ExecutionId id = ExecutionId.of("talk-1");
        Path cursor = directory.resolve("cursor");
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Cloud cloud = Cloud.connect()) {
            cloud.jobs().run(JobSpec.builder("talk").image("talk:1").build(), id);
            await().until(() -> {
                assertThat(FollowAndResumeLogs.read(cloud, id, cursor, Duration.ofMillis(100), lines::add))
                        .isFalse();
                return !lines.isEmpty();
            });
        }
        more.countDown();
        try (Cloud later = Cloud.connect()) {
            assertThat(FollowAndResumeLogs.read(later, id, cursor, Duration.ofSeconds(30), lines::add))
                    .isTrue();
        }

        assertThat(lines)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "0/0: line " + i).toList());
    }

    private Path config(String provider) throws IOException {
        return Files.writeString(directory.resolve("portolan.yaml"), "portolan:\n  provider: " + provider + "\n");
    }

    private Path jar() throws IOException {
        Path jar = directory.resolve("app.jar");
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
            entries.putNextEntry(new ZipEntry("com/acme/Report.class"));
        }
        return jar;
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }
}

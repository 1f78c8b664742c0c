package io.portolan.local.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.id.ProviderId;
import io.portolan.local.fixture.BusyboxImage;
import io.portolan.run.JobExecution;
import io.portolan.run.LogCursor;
import io.portolan.run.LogFollower;
import io.portolan.run.LogLine;
import io.portolan.spec.JobSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
@DisplayName("Logs of containers")
class LocalLogIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Cloud cloud = Cloud.connect(
            CloudConfig.builder(ProviderId.LOCAL).application("log-test").build());

    private final String image =
            BusyboxImage.on(cloud.unwrap(DockerClient.class).orElseThrow());

    @AfterEach
    void clean() {
        cloud.jobs().list().forEach(id -> {
            JobExecution run = cloud.jobs().find(id).orElseThrow();
            run.cancel();
            run.await(LONG);
            run.delete();
        });
        cloud.close();
    }

    private JobExecution run(String script) {
        return cloud.jobs()
                .run(JobSpec.builder("logs")
                        .image(image)
                        .command("sh", "-c", script)
                        .build());
    }

    private static List<LogLine> all(JobExecution run, LogCursor from) {
        List<LogLine> lines = Collections.synchronizedList(new ArrayList<>());
        try (LogFollower follower = run.followLogs(from, lines::add)) {
            assertThat(follower.awaitEnd(LONG))
                    .as("failure: %s", follower.failure())
                    .isTrue();
        }
        return lines;
    }

    @Test
    void lines_ofBothStreams_areComplete() {
        JobExecution run = run("echo 'grüße 🚢'; echo wrong >&2; printf 'no break'");
        run.await(LONG);

        List<LogLine> lines = all(run, LogCursor.START);
        assertThat(lines).extracting(LogLine::text).containsExactlyInAnyOrder("grüße 🚢", "wrong", "no break");
        assertThat(lines.stream().filter(l -> l.stream() == LogLine.Stream.STDERR))
                .extracting(LogLine::text)
                .containsExactly("wrong");
    }

    @Test
    void longLines_areWhole() {
        JobExecution run = run("for n in 16383 16384 16385 50000; do head -c $n /dev/zero | tr '\\0' x; echo; done");
        run.await(LONG);

        assertThat(all(run, LogCursor.START))
                .extracting(line -> line.text().length())
                .containsExactly(16383, 16384, 16385, 50000);
    }

    @Test
    void follow_whileRunningAndFromACursor_losesAndRepeatsNothing() {
        JobExecution run = run("i=0; while [ $i -lt 6000 ]; do echo line $i; i=$((i+1)); "
                + "[ $((i % 1000)) = 0 ] && sleep 1; done; true");
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        LogCursor cursor = LogCursor.START;
        for (int part = 1; part <= 3; part++) {
            int enough = part * 700;
            try (LogFollower follower = run.followLogs(cursor, line -> lines.add(line.text()))) {
                Awaitility.await().atMost(LONG).until(() -> lines.size() > enough);
                follower.close();
                cursor = LogCursor.parse(follower.cursor().toString());
            }
        }
        all(run, cursor).forEach(line -> lines.add(line.text()));

        assertThat(lines).hasSize(6000).doesNotHaveDuplicates();
        assertThat(lines.get(5999)).isEqualTo("line 5999");
    }

    @Test
    void attemptThatNeverStarted_hasNoLogAndAnEnd() {
        JobExecution run = cloud.jobs()
                .run(JobSpec.builder("logs")
                        .image(image)
                        .command("/no/such/program")
                        .build());
        run.await(LONG);

        assertThat(all(run, LogCursor.START)).isEmpty();
    }

    @Test
    void prune_afterTheEnd_removesExecutionsAndNothingElse() {
        JobExecution over = run("echo done");
        over.await(LONG);
        JobExecution running = run("sleep 60");
        Awaitility.await()
                .atMost(LONG)
                .until(() -> running.status().tasks().get(0).phase().name().equals("RUNNING"));

        assertThat(cloud.prune(true).removed()).hasSize(2);
        assertThat(cloud.prune().removed()).hasSize(2);
        assertThat(cloud.jobs().find(over.id())).isEmpty();
        assertThat(cloud.jobs().list()).containsExactly(running.id());
        assertThat(cloud.prune().removed()).isEmpty();
    }
}

package io.portolan.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.fixture.EngineProxy;
import io.portolan.local.fixture.EngineProxy.Answer;
import io.portolan.local.fixture.EngineProxy.Request;
import io.portolan.local.fixture.TestEngine;
import io.portolan.run.AttemptStatus;
import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.LogPage;
import io.portolan.spi.TaskLauncher;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Engines whose oldest API version is newer than what 20.10 speaks, as Docker Engine 29: played by a proxy that answers as they do and has
 * the real engine do the work.
 */
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewerEngineIT {
    private static final Pattern VERSIONED = Pattern.compile("/v1\\.(\\d+)(/.*)");

    private final TestEngine engine = new TestEngine();

    @AfterAll
    void clean() {
        engine.close();
    }

    /** Answers as an engine does that knows these versions. */
    private static Answer answer(Request request, int oldest, int newest) {
        if (request.path().equals("/version")) {
            return new Answer.Refuse(
                    200,
                    "\",\"Version\":\"29.0.1\",\"ApiVersion\":\"1." + newest + "\",\"MinAPIVersion\":\"1." + oldest
                            + "\",\"Os\":\"linux\",\"Arch\":\"amd64\",\"KernelVersion\":\"");
        }
        Matcher matcher = VERSIONED.matcher(request.path());
        if (!matcher.matches()) {
            return new Answer.Refuse(400, "this test wants every request to name its version");
        }
        int version = Integer.parseInt(matcher.group(1));
        if (version < oldest) {
            return new Answer.Refuse(
                    400,
                    "client version 1." + version + " is too old. Minimum supported API version is 1." + oldest
                            + ", please upgrade your client to a newer version");
        }
        return version > newest
                ? new Answer.Refuse(
                        400,
                        "client version 1." + version + " is too new. Maximum supported API version is 1." + newest)
                : new Answer.Forward("/v1.41" + matcher.group(2));
    }

    @Test
    void engineWhoseOldestIs144_isSpokenToIn147AndRunsAJobWithItsLogs() {
        try (EngineProxy proxy = new EngineProxy(request -> answer(request, 44, 52))) {
            CloudDriver driver = engine.driver(Map.of(EngineKeys.DOCKER_HOST, proxy.host()));
            TaskLauncher jobs = (TaskLauncher) driver.jobs();
            AttemptStatus launched = TestEngine.launch(
                    jobs, TestEngine.key("newer"), engine.job("echo", "hello").build());
            AttemptStatus end = TestEngine.end(jobs, TestEngine.ref(launched));
            LogPage page = driver.logs().readTask(end.key().execution(), LogSource.attempt(0, 0), null, 10);

            assertThat(end.isSuccess()).isTrue();
            assertThat(page.lines()).extracting(LogLine::text).containsExactly("hello");
            assertThat(page.complete()).isTrue();
            assertThat(proxy.seen())
                    .extracting(Request::path)
                    .filteredOn(path -> !path.equals("/version"))
                    .isNotEmpty()
                    .allMatch(path -> path.startsWith("/v1.47/"));
        }
    }

    @Test
    void engineWhoseOldestIsNewerThanWhatIsKnown_isSpokenToInItsOldest() {
        try (EngineProxy proxy = new EngineProxy(request -> answer(request, 50, 60));
                DockerEngine newer = new DockerEngine(
                        engine.config(Map.of(EngineKeys.DOCKER_HOST, proxy.host())), engine.context())) {
            assertThat(newer.version().api()).isEqualTo(new ApiVersion(1, 50));
            assertThat(newer.version().engine()).isEqualTo("29.0.1");
        }
    }

    @Test
    void engineOlderThan2010_isRefusedWithWhatToDo() {
        try (EngineProxy proxy = new EngineProxy(request -> answer(request, 12, 40));
                DockerEngine older = new DockerEngine(
                        engine.config(Map.of(EngineKeys.DOCKER_HOST, proxy.host())), engine.context())) {
            assertThatThrownBy(older::version).isInstanceOfSatisfying(PortolanException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
                assertThat(e).hasMessageContaining("1.40").hasMessageContaining("20.10");
            });
        }
    }

    @Test
    void read_ofAnEngineThatHangsUp_isUnavailable() {
        try (EngineProxy proxy = new EngineProxy(
                        request -> request.path().contains("/containers/json") ? new Answer.Lose() : forward(request));
                DockerEngine cut = new DockerEngine(
                        engine.config(Map.of(EngineKeys.DOCKER_HOST, proxy.host())), engine.context())) {
            assertThatThrownBy(() -> cut.read(
                            "list",
                            "containers",
                            client -> client.listContainersCmd().exec()))
                    .isInstanceOfSatisfying(
                            PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        }
    }

    private static Answer forward(Request request) {
        return EngineProxy.forward(request);
    }
}

package io.portolan.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Container;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.LocalProvider;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
class DockerEngineIT {
    private static final DriverContext CONTEXT = new DriverContext(Clock.systemUTC(), Thread::new);

    private static DockerEngine engine(Map<String, String> values) {
        return new DockerEngine(new ProviderConfig("engine-it", new LocalProvider().configKeys(), values), CONTEXT);
    }

    @Test
    void version_ofTheEngineOfTheMachine_isNegotiated() {
        try (DockerEngine engine = engine(Map.of())) {
            assertThat(engine.version().api()).isGreaterThanOrEqualTo(ApiVersion.OLDEST_KNOWN);
            List<Container> found =
                    engine.read("list", "containers", c -> c.listContainersCmd().exec());
            assertThat(found).isNotNull();
        }
    }

    @Test
    void read_engineNotThere_isUnavailableWithAHint() {
        try (DockerEngine engine = engine(Map.of("docker-host", "unix:///nowhere/docker.sock"))) {
            assertThatThrownBy(engine::version).isInstanceOfSatisfying(PortolanException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(e).hasMessageContaining("systemctl start docker").hasMessageContaining("docker-host");
            });
        }
    }

    @Test
    void read_unknownContainer_isNotFound() {
        try (DockerEngine engine = engine(Map.of())) {
            assertThatThrownBy(() -> engine.read(
                            "inspect",
                            "nobody",
                            c -> c.inspectContainerCmd("nobody").exec()))
                    .isInstanceOfSatisfying(PortolanException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
                        assertThat(e)
                                .hasMessage("Docker engine refused inspect of 'nobody': No such container: nobody");
                    });
        }
    }
}

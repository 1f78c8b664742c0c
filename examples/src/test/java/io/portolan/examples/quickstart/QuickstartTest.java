package io.portolan.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.config.CloudConfig;
import io.portolan.id.ProviderId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

    @Test
    void run_withHelp_printsTheUsage() {
        assertThat(Quickstart.run(List.of("--help"), out)).isZero();
        assertThat(text()).startsWith("usage: ./quickstart").doesNotContain("quickstart: ok");
    }

    @Test
    void run_withAnUnknownOption_failsWithTheUsage() {
        assertThat(Quickstart.run(List.of("--fast"), out)).isEqualTo(QuickstartFailure.USAGE);
        assertThat(text()).startsWith("error: option was '--fast'").contains("usage: ./quickstart");
    }

    @Test
    void run_withABadApplicationName_failsWithTheRule() {
        assertThat(Quickstart.run(List.of("--application", "No Good"), out)).isEqualTo(QuickstartFailure.USAGE);
        assertThat(text()).startsWith("error: ").contains("No Good").doesNotContain("\tat ");
    }

    @Test
    void run_withoutAnEngine_saysSoAndFails() throws IOException {
        CloudConfig config = CloudConfig.builder(ProviderId.LOCAL)
                .application("quickstart-none")
                .set("docker-host", "tcp://127.0.0.1:" + closedPort())
                .build();

        int status = Quickstart.run(Options.parse(List.of()), config, out);

        assertThat(status).as(text()).isEqualTo(QuickstartFailure.UNREACHABLE);
        assertThat(text().lines().toList()).last().asString().startsWith("quickstart: failed: UNAVAILABLE: ");
        assertThat(text()).doesNotContain("\tat ");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }
}

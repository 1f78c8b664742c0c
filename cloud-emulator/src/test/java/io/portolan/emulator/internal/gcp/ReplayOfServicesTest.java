package io.portolan.emulator.internal.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.GcpRest;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import io.portolan.emulator.gcp.GcpModel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks the emulator what Google was asked, and compares the answers. */
class ReplayOfServicesTest {
    private final EmulatorClock clock = EmulatorClock.manual();
    private final CloudEmulator emulator = CloudEmulator.builder()
            .clock(clock)
            .containers(SimulatedContainers.running(container -> SimulatedProgram.serving()))
            .start();
    private final GcpRest rest = GcpRest.of(emulator);
    private String operation = "";

    @AfterEach
    void close() {
        emulator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runservicebasic.http.log",
                "runservicemulticontainer.http.log",
                "runservicesecret.http.log",
                "runservicesql.http.log"
            })
    void recordedExchanges_areAnsweredAlike(String file) {
        emulator.gcp().secret("secretmanagersecret-u1", "value");
        for (Recording.Exchange exchange : Recording.of(file, "run.googleapis.com")) {
            if (exchange.polls()) {
                clock.advance(Duration.ofSeconds(20));
            }
            GcpRest.Answer answer =
                    rest.send(exchange.method(), exchange.path().replace("OPERATION", operation), exchange.request());

            assertThat(answer.status()).as(exchange.toString()).isEqualTo(exchange.status());
            assertThat(SameShape.differences(exchange.answer(), answer.body()))
                    .as(exchange.toString())
                    .isEmpty();
            if (answer.status() == 200) {
                assertThat(violations(exchange, answer.body()))
                        .as(exchange.toString())
                        .isEmpty();
            }
            String name = answer.at("/name").asText();
            operation = name.contains("/operations/") ? name.substring(name.lastIndexOf('/') + 1) : operation;
        }
    }

    private static Iterable<String> violations(Recording.Exchange exchange, JsonNode answer) {
        String path = exchange.path().substring(0, exchange.path().indexOf('?'));
        return GcpModel.of("run")
                .find(exchange.method(), path)
                .map(method -> GcpModel.of("run").responseViolations(method.name(), answer))
                .orElseThrow();
    }
}
